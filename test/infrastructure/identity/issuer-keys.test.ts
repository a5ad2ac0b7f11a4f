/** The identity provider is away: who was let in stays in for a time, and it is told of. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { IdentityUnavailable, InvalidToken } from '../../../src/application/authorization/identity.js';
import { systemClock } from '../../../src/application/ports/clock.js';
import { openTokenVerifier } from '../../../src/infrastructure/identity/token-verifier.js';
import { openLog } from '../../../src/infrastructure/logging/pino-log.js';
import { until } from '../../support/waiting.js';

const minute = 60_000;
const issuer = 'https://identity.example';
const audience = 'partner-cloud';

let now: number;
let lines: string[];
let asked: string[];
let answer: RequestListener;
let close: () => Promise<void>;
let address: string;

beforeEach(async () => {
  now = Date.now();
  lines = [];
  asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
});
afterEach(() => close());

/** A key pair of the provider's, with a way to sign for it. */
async function newKey(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA' };
  const sign = (subject: string) =>
    new SignJWT({ roles: ['member'], organization: 'acme' })
      .setProtectedHeader({ alg: 'EdDSA', kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(subject)
      .setExpirationTime(Math.floor(now / 1000) + 1_000_000)
      .sign(privateKey);
  return { jwk, sign };
}

const publishing =
  (...keys: JWK[]): RequestListener =>
  (_request, response) =>
    response.end(JSON.stringify({ keys }));

const away: RequestListener = (_request, response) => response.writeHead(503).end();
const hanging: RequestListener = () => undefined;

const verifierAt = (jwks: string) =>
  openTokenVerifier(
    { issuer, audience, jwks },
    {
      clock: { ...systemClock, now: () => now },
      log: openLog({ level: 'info', destination: { write: (line) => void lines.push(line) } }),
    },
  );

const warnings = () => lines.filter((line) => JSON.parse(line).level === 'warn');

test('while the provider is away its last known keys are used for a day, with one warning, and readiness can tell', async () => {
  const key = await newKey('first');
  answer = publishing(key.jwk);
  const verifier = verifierAt(`${address}/keys`);
  await verifier.verify(await key.sign('u-1'));
  expect(verifier.degraded()).toBeUndefined();
  answer = away;
  now += 11 * minute;
  expect(await verifier.verify(await key.sign('u-2'))).toMatchObject({ subject: 'u-2' });
  expect(verifier.degraded()).toMatch(/does not answer with its keys since .* Keys of .* are used until /);
  now += 20 * 60 * minute;
  expect(await verifier.verify(await key.sign('u-3'))).toMatchObject({ subject: 'u-3' });
  expect(warnings()).toEqual([expect.stringContaining('it answers with status 503')]);
  now += 5 * 60 * minute;
  const token = await key.sign('u-4');
  await expect(verifier.verify(token)).rejects.toThrow(IdentityUnavailable);
  answer = publishing(key.jwk);
  now += 5 * minute;
  expect(await verifier.verify(token)).toMatchObject({ subject: 'u-4' });
  expect(verifier.degraded()).toBeUndefined();
  expect(lines.at(-1)).toContain('can be read again');
});

test('a provider that hangs is asked by one request at a time, and then left alone', async () => {
  const key = await newKey('first');
  answer = publishing(key.jwk);
  const verifier = verifierAt(`${address}/keys`);
  await verifier.verify(await key.sign('u-0'));
  answer = hanging;
  now += 11 * minute;
  const tokens = await Promise.all(Array.from({ length: 20 }, (_, index) => key.sign(`u-${index + 1}`)));
  await Promise.all(tokens.map((token) => verifier.verify(token)));
  expect(asked).toHaveLength(2);
  await verifier.verify(await key.sign('later'));
  expect(asked).toHaveLength(2);
  now += minute;
  await verifier.verify(await key.sign('a-minute-later'));
  await until(
    async () => asked.length,
    (requests) => requests === 3,
  );
});

test('at a start without the provider every token is refused for its sake, without a request each, until it is back', async () => {
  const key = await newKey('first');
  answer = away;
  const verifier = verifierAt(`${address}/keys`);
  const tokens = await Promise.all(Array.from({ length: 10 }, (_, index) => key.sign(`u-${index}`)));
  for (const token of tokens) await expect(verifier.verify(token)).rejects.toThrow(IdentityUnavailable);
  expect(asked).toHaveLength(1);
  expect(verifier.degraded()).toContain('No token can be checked.');
  answer = publishing(key.jwk);
  now += minute;
  expect(await verifier.verify(tokens[0] ?? '')).toMatchObject({ subject: 'u-0' });
});

test('a new key is found at once; an unknown one is looked for no more than twice a minute, and not blamed on a token while the provider is away', async () => {
  const [first, second, stranger] = await Promise.all([newKey('first'), newKey('second'), newKey('stranger')]);
  answer = publishing(first.jwk);
  const verifier = verifierAt(`${address}/keys`);
  await verifier.verify(await first.sign('u-1'));
  answer = publishing(first.jwk, second.jwk);
  now += minute;
  expect(await verifier.verify(await second.sign('u-2'))).toMatchObject({ subject: 'u-2' });
  await expect(verifier.verify(await stranger.sign('u-3'))).rejects.toThrow(InvalidToken);
  await expect(verifier.verify(await stranger.sign('u-4'))).rejects.toThrow(InvalidToken);
  expect(asked).toHaveLength(2);
  answer = away;
  now += minute;
  await expect(verifier.verify(await stranger.sign('u-5'))).rejects.toThrow(IdentityUnavailable);
  expect(await verifier.verify(await first.sign('u-6'))).toMatchObject({ subject: 'u-6' });
});

const redirect =
  (location: string): RequestListener =>
  ({ url }, response) =>
    url === '/keys' ? response.writeHead(302, { location }).end() : answerKeys(response);
let answerKeys: (response: Parameters<RequestListener>[1]) => void;

test('a redirect is followed on the same machine', async () => {
  const key = await newKey('first');
  answerKeys = (response) => response.end(JSON.stringify({ keys: [key.jwk] }));
  answer = redirect('/elsewhere');
  expect(await verifierAt(`${address}/keys`).verify(await key.sign('u-1'))).toMatchObject({ subject: 'u-1' });
  expect(asked).toEqual(['/keys', '/elsewhere']);
});

test.each<readonly [string, () => RequestListener, RegExp]>([
  [
    'to plain http on another machine',
    () => redirect('http://identity.example/keys'),
    /redirects to http:\/\/identity.example, which is not https/,
  ],
  ['round and round', () => redirect('/keys'), /redirects more than 3 times/],
  [
    'to an endless answer',
    () => (_request, response) => response.end(`"${'x'.repeat(2_000_000)}"`),
    /longer than 1048576 bytes/,
  ],
])('keys that lead %s are not had, and the log names it', async (_name, leads, words) => {
  const key = await newKey('first');
  answer = leads();
  await expect(verifierAt(`${address}/keys`).verify(await key.sign('u-1'))).rejects.toThrow(IdentityUnavailable);
  expect(warnings().join()).toMatch(words);
});
