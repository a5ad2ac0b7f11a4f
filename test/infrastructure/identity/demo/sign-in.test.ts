/** The demo issuer as an OpenID provider, signed in to by the client that the console uses. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import {
  demoAudience,
  demoClient,
  demoIssuerUrl,
  demoPeople,
  jwksFile,
} from '../../../../src/infrastructure/identity/demo/people.js';
import { type DemoSignIn, serveDemoSignIn } from '../../../../src/infrastructure/identity/demo/server.js';
import { openTokenVerifier } from '../../../../src/infrastructure/identity/token-verifier.js';
import { browserAt } from '../../../support/browser.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const keys = temporaryFolder();
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const client: oauth.Client = { client_id: demoClient };
const http = { [oauth.allowInsecureRequests]: true };
const redirectUri = 'http://127.0.0.1:4711/signed-in';
let demo: DemoSignIn;
let server: oauth.AuthorizationServer;

beforeAll(async () => {
  demo = await serveDemoSignIn(keys, 0);
  const issuer = new URL(demo.url);
  server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, http));
});
afterAll(() => demo.close());

const browser = () => browserAt(demo.url);

async function authorization(wishes: Readonly<Record<string, string>> = {}) {
  const verifier = oauth.generateRandomCodeVerifier();
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    client_id: demoClient,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    state: 'here',
    nonce: 'once',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...wishes,
  }).toString();
  return { url: url.href, verifier };
}

async function signedIn(person: string, verifierOf = (right: string) => right) {
  const { url, verifier } = await authorization();
  const open = browser();
  const asked = await open(url);
  const { at } = await open(asked.at.href, { person });
  const callback = oauth.validateAuthResponse(server, client, at, 'here');
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    callback,
    redirectUri,
    verifierOf(verifier),
    http,
  );
  return {
    open,
    tokens: await oauth.processAuthorizationCodeResponse(server, client, answer, {
      expectedNonce: 'once',
      requireIdToken: true,
    }),
  };
}

const refresh = async (token: string) =>
  oauth.processRefreshTokenResponse(
    server,
    client,
    await oauth.refreshTokenGrantRequest(server, client, oauth.None(), token, http),
  );

test('shows the demo people to choose from, and the chosen one is a caller of the service, the same as by npm run token', async () => {
  const { url } = await authorization();
  const { page, status } = await browser()(url);
  expect([status, page]).toEqual([200, expect.stringContaining('Ada Administrator')]);
  const { tokens } = await signedIn('administrator');
  expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({
    iss: demo.url,
    sub: demoPeople.administrator.subject,
    name: 'Ada Administrator',
  });
  const verifier = openTokenVerifier({ issuer: demoIssuerUrl, audience: demoAudience, jwks: jwksFile(keys) }, { log });
  expect(await verifier.verify(tokens.access_token)).toEqual({
    actor: `${demoIssuerUrl}#${demoPeople.administrator.subject}`,
    subject: demoPeople.administrator.subject,
    organization: 'acme',
    roles: ['administrator'],
    knownUntil: expect.any(Number),
  });
  expect(tokens.expires_in).toBe(900);
});

test('a refresh token gives a new one and works once; used again, all that came of it ends', async () => {
  const { tokens } = await signedIn('auditor');
  const first = tokens.refresh_token ?? '';
  const second = await refresh(first);
  expect(second.refresh_token).not.toBe(first);
  expect(decodeJwt(second.access_token)).toMatchObject({ sub: demoPeople.auditor.subject, roles: ['auditor'] });
  await expect(refresh(first)).rejects.toThrow(oauth.ResponseBodyError);
  await expect(refresh(second.refresh_token ?? '')).rejects.toThrow(oauth.ResponseBodyError);
});

test('a code is worth nothing without the verifier that asked for it', async () => {
  await expect(signedIn('member', () => oauth.generateRandomCodeVerifier())).rejects.toThrow(oauth.ResponseBodyError);
});

test.each([
  ['another machine', { redirect_uri: 'http://evil.example/signed-in' }],
  ['another path', { redirect_uri: 'http://127.0.0.1:4711/elsewhere' }],
  ['an unknown program', { client_id: 'somebody' }],
])('nobody is sent back to %s', async (_, wishes) => {
  const { url } = await authorization(wishes);
  const { at, page, status } = await browser()(url);
  expect([at.origin, status, page]).toEqual([demo.url, 400, expect.stringContaining('This sign-in cannot go on')]);
});

test('a sign-in without PKCE is refused', async () => {
  const { url } = await authorization();
  const bare = new URL(url);
  bare.searchParams.delete('code_challenge');
  bare.searchParams.delete('code_challenge_method');
  const { at } = await browser()(bare.href);
  expect(at.searchParams.get('error')).toBe('invalid_request');
});

test('the choice belongs to the browser that asked', async () => {
  const { url } = await authorization();
  const { at } = await browser()(url);
  const { page, status } = await browser()(at.href, { person: 'administrator' });
  expect([status, page]).toEqual([400, expect.stringContaining('begun in another browser')]);
});

test('pages of this machine may ask for tokens, others may not', async () => {
  const ask = async (origin: string) =>
    (
      await fetch(server.token_endpoint ?? '', {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({ client_id: demoClient, grant_type: 'refresh_token', refresh_token: 'x' }),
      })
    ).headers.get('access-control-allow-origin');
  expect([await ask('http://127.0.0.1:4711'), await ask('https://evil.example')]).toEqual([
    'http://127.0.0.1:4711',
    null,
  ]);
});

test('signing out asks once, ends the refresh token and leads back', async () => {
  const { open, tokens } = await signedIn('operator');
  const url = new URL(server.end_session_endpoint ?? '');
  url.search = new URLSearchParams({
    id_token_hint: tokens.id_token ?? '',
    post_logout_redirect_uri: 'http://127.0.0.1:4711/signed-out',
  }).toString();
  const { page } = await open(url.href);
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(page) ?? [];
  const [, action = ''] = /action="([^"]+)"/.exec(page) ?? [];
  const { at } = await open(action, { xsrf, logout: 'yes' });
  expect(at.href).toBe('http://127.0.0.1:4711/signed-out');
  await expect(refresh(tokens.refresh_token ?? '')).rejects.toThrow(oauth.ResponseBodyError);
});
