/** The demo issuer over HTTP, on the loopback interface alone: whoever reaches it can be anybody. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Provider } from 'oidc-provider';
import { openDemoKey } from './key.js';
import { contentPolicy, errorPage, peoplePage } from './pages.js';
import { demoPeople, isDemoPerson } from './people.js';
import { openSignIn } from './sign-in.js';

export interface DemoSignIn {
  /** Its address, which is the issuer of its ID tokens. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves until it is closed; port 0 takes any free one. Rejects where the port is taken. */
export async function serveDemoSignIn(keysFolder: string, port: number): Promise<DemoSignIn> {
  const key = await openDemoKey(keysFolder);
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = openSignIn(url, key);
  const answer = provider.callback();
  server.on('request', (request, response) => {
    response.setHeader('content-security-policy', contentPolicy);
    response.setHeader('x-content-type-options', 'nosniff');
    if (request.url?.startsWith('/people/')) void choose(provider, request, response);
    else void answer(request, response);
  });
  return {
    url,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Shows who there is, and takes the choice; one that is not under way in this browser is told so. */
async function choose(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await provider.interactionDetails(request, response);
    const person = request.method === 'POST' ? new URLSearchParams(await text(request)).get('person') : undefined;
    if (!person || !isDemoPerson(person)) return show(response, 200, peoplePage());
    const login = { accountId: demoPeople[person].subject, remember: false };
    await provider.interactionFinished(request, response, { login });
  } catch {
    show(response, 400, errorPage('It has expired, or it was begun in another browser'));
  }
}

const show = (response: ServerResponse, status: number, page: string): void =>
  void response
    .writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(page);
