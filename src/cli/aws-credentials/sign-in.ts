/** Signs a person in by authorization code with PKCE, coming back to a port of the loopback interface. Source: RFC 8252; RFC 7636. */
import { hash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as oauth from 'oauth4webapi';
import { isLoopback, type SignInOptions } from './options.js';

const returnPath = '/signed-in';
const patienceMs = 5 * 60_000;
const timeoutMs = 30_000;

/** An access token of whoever signs in at the page that `show` is given. Throws an Error when nobody does within five minutes. */
export async function signIn(
  { issuer, client: client_id, scope }: SignInOptions,
  show: (address: string) => void,
): Promise<string> {
  if (!issuer) throw new Error('There is no issuer to sign in at.');
  const http = () => ({ [oauth.allowInsecureRequests]: isLoopback(issuer), signal: AbortSignal.timeout(timeoutMs) });
  const client: oauth.Client = { client_id };
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, http()));
  const secrets = { verifier: oauth.generateRandomCodeVerifier(), state: oauth.generateRandomState() };
  const nonce = oauth.generateRandomNonce();
  const listening = await listen();
  try {
    const redirect_uri = `http://127.0.0.1:${(listening.address() as AddressInfo).port}${returnPath}`;
    const code_challenge = await oauth.calculatePKCECodeChallenge(secrets.verifier);
    const request = { client_id, redirect_uri, scope, nonce, state: secrets.state, code_challenge };
    show(addressOf(server, { ...request, response_type: 'code', code_challenge_method: 'S256' }));
    const back = await comesBack(listening, secrets.state);
    const code = oauth.validateAuthResponse(server, client, back, secrets.state);
    const answer = await oauth.authorizationCodeGrantRequest(
      ...([server, client, oauth.None(), code, redirect_uri, secrets.verifier, http()] as const),
    );
    const checks = { expectedNonce: nonce, requireIdToken: true };
    return (await oauth.processAuthorizationCodeResponse(server, client, answer, checks)).access_token;
  } finally {
    listening.close();
    listening.closeAllConnections();
  }
}

function addressOf(server: oauth.AuthorizationServer, request: Readonly<Record<string, string>>): string {
  const address = new URL(server.authorization_endpoint ?? '');
  for (const [name, value] of Object.entries(request)) address.searchParams.set(name, value);
  return address.href;
}

async function listen(): Promise<Server> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const page =
  '<!doctype html><title>Signing in</title><p>You can close this page. The command that asked goes on.</p>\n';
const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" };

/** Takes as long whatever is sent: any program of this machine may call, and try. */
const isSame = (sent: string, secret: string): boolean =>
  timingSafeEqual(hash('sha256', sent, 'buffer'), hash('sha256', secret, 'buffer'));

/** The address that the browser comes back to. Whatever else calls, without the state that only it can know, is passed over. */
function comesBack(server: Server, state: string): Promise<URL> {
  return new Promise((resolve, reject) => {
    const impatient = setTimeout(() => reject(new Error('Nobody has signed in within five minutes.')), patienceMs);
    server.on('request', (request: IncomingMessage, response) => {
      const back = URL.parse(request.url ?? '', 'http://127.0.0.1');
      if (back?.pathname !== returnPath || !isSame(back.searchParams.get('state') ?? '', state))
        return void response.writeHead(404, headers).end();
      response.writeHead(200, { ...headers, connection: 'close' }).end(page, () => {
        clearTimeout(impatient);
        resolve(back);
      });
    });
  });
}
