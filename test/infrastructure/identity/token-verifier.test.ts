/** Tokens: who is let in as whom, and why everybody else is not. */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import {
  IdentityUnavailable,
  InvalidToken,
  type TokenVerifier,
} from '../../../src/application/authorization/identity.js';
import { type Clock, systemClock } from '../../../src/application/ports/clock.js';
import { type DemoIssuer, openDemoIssuer } from '../../../src/infrastructure/identity/demo/issuer.js';
import { demoPeople } from '../../../src/infrastructure/identity/demo/people.js';
import { openTokenVerifier } from '../../../src/infrastructure/identity/token-verifier.js';
import { openLog } from '../../../src/infrastructure/logging/pino-log.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const keys = join(temporaryFolder(), 'keys');
const log = openLog({ level: 'silent' });
let issuer: DemoIssuer;
let verifier: TokenVerifier;

beforeAll(async () => {
  issuer = await openDemoIssuer(keys);
  verifier = openTokenVerifier(issuer, { log });
});

/** A clock that stands still until it is moved. */
function clockAt(ms: number): Clock & { move(ms: number): void } {
  let now = ms;
  return {
    ...systemClock,
    now: () => now,
    move(by) {
      now += by;
    },
  };
}

const good = { sub: 'u-1', roles: ['member'], organization: 'acme' };

/** A token signed with the demo issuer's own key; `undefined` claims are left out. */
async function signed(claims: JWTPayload, header: { alg: string; kid?: string } = { alg: 'EdDSA' }): Promise<string> {
  const { kid, ...key } = JSON.parse(readFileSync(join(keys, 'demo-issuer.json'), 'utf8'));
  const now = Math.floor(Date.now() / 1000);
  const all = { iss: issuer.issuer, aud: issuer.audience, exp: now + 60, ...good, ...claims };
  return new SignJWT(JSON.parse(JSON.stringify(all)))
    .setProtectedHeader({ kid, ...header })
    .sign(await importJWK(key, 'EdDSA'));
}

test('a demo person is their opaque id, roles and organization, and nothing else of them comes through', async () => {
  const { subject, name, email } = demoPeople.administrator;
  const token = await issuer.issue('administrator');
  const caller = await verifier.verify(token);
  expect(caller).toEqual({
    actor: `https://demo.partner-cloud.example#${subject}`,
    subject,
    organization: 'acme',
    roles: ['administrator'],
    knownUntil: expect.any(Number),
  });
  expect(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).toContain(email);
  expect(JSON.stringify(caller)).not.toMatch(new RegExp(`${name}|${email}`));
});

test.each(Object.entries(demoPeople))('the demo issuer signs for %s', async (person, entry) => {
  const caller = await verifier.verify(await issuer.issue(person as keyof typeof demoPeople));
  expect(caller).toMatchObject({ subject: entry.subject, roles: entry.roles });
  expect(caller.organization).toBe('organization' in entry ? entry.organization : undefined);
});

test('roles that nobody knows are passed over', async () => {
  expect((await verifier.verify(await signed({ roles: ['member', 'king', 7] }))).roles).toEqual(['member']);
  expect((await verifier.verify(await signed({ roles: undefined }))).roles).toEqual([]);
});

const past = Math.floor(Date.now() / 1000) - 3600;

test.each<readonly [string, JWTPayload, RegExp]>([
  ['expired', { exp: past }, /expired/],
  ['without expiry', { exp: undefined }, /no expiry/],
  ['not valid yet', { nbf: past + 7200 }, /not valid yet/],
  ['for another audience', { aud: 'other' }, /wrong audience/],
  ['without audience', { aud: undefined }, /wrong audience/],
  ['of another issuer', { iss: 'https://evil.example' }, /another issuer/],
  ['about nobody', { sub: undefined }, /names nobody/],
  ['about the empty subject', { sub: '' }, /sub is no id/],
  ['about an e-mail', { sub: 'ada@acme.example' }, /e-mail address; it must be an opaque id/],
  ['with roles that are a number', { roles: 7 }, /roles is neither a list, nor text, nor an object/],
  ['with an organization that is no id', { organization: 'a/b' }, /organization is no id/],
])('a token %s is refused in words', async (_name, claims, words) => {
  const refused = verifier.verify(await signed(claims));
  await expect(refused).rejects.toThrow(InvalidToken);
  await expect(refused).rejects.toThrow(words);
});

test.each([
  ['no token', () => '', /not a well-formed/],
  ['no JWT', () => 'a.b.c', /not a well-formed/],
  ['unsigned', () => new UnsecuredJWT(good).encode(), /not accepted|not a well-formed/],
  ['too long', () => 'a'.repeat(9000), /longer than 8192/],
])('what is %s is refused and not repeated', async (_name, make, words) => {
  await expect(verifier.verify(make())).rejects.toThrow(words);
  await expect(verifier.verify(make())).rejects.toThrow(InvalidToken);
});

test('a changed token, and one of another key, do not match', async () => {
  const [header, , signature] = (await issuer.issue('member')).split('.');
  const [, claims] = (await issuer.issue('operator')).split('.');
  await expect(verifier.verify(`${header}.${claims}.${signature}`)).rejects.toThrow(/signature .* does not match/);
  const stranger = await openDemoIssuer(temporaryFolder());
  await expect(verifier.verify(await stranger.issue('operator'))).rejects.toThrow(/key that .* does not publish/);
});

test('a symmetric signature with the public key as its secret is not accepted', async () => {
  const secret = new TextEncoder().encode(readFileSync(issuer.jwks, 'utf8'));
  const token = await new SignJWT({ ...good, exp: past + 7200 }).setProtectedHeader({ alg: 'HS256' }).sign(secret);
  await expect(verifier.verify(token)).rejects.toThrow(/algorithm that is not accepted/);
});

test('a token is good until it expires and half a minute longer, also when it was seen before', async () => {
  const clock = clockAt(1_800_000_000_000);
  const timed = openTokenVerifier(issuer, { clock, log });
  const token = await (await openDemoIssuer(keys, clock)).issue('member', { lifetime: 100 });
  await timed.verify(token);
  clock.move(129_000);
  await timed.verify(token);
  clock.move(2_000);
  await expect(timed.verify(token)).rejects.toThrow(/expired/);
});

test('a token is known again by all of it, and one that is nearly the same is not', async () => {
  const token = await issuer.issue('member');
  expect(verifier.known(token)).toBeUndefined();
  const caller = await verifier.verify(token);
  expect(verifier.known(token)).toBe(caller);
  expect(verifier.known(token.slice(0, -1))).toBeUndefined();
  expect(verifier.known(`${token}a`)).toBeUndefined();
});

test('whose a token was is remembered until it expires, and of one that was never good nothing is', async () => {
  const clock = clockAt(1_800_000_000_000);
  const timed = openTokenVerifier(issuer, { clock, log });
  const token = await (await openDemoIssuer(keys, clock)).issue('member', { lifetime: 100 });
  expect(timed.lastKnown(token)).toBeUndefined();
  const caller = await timed.verify(token);
  clock.move(61_000);
  expect([timed.known(token), timed.lastKnown(token)]).toEqual([undefined, caller]);
  await expect(timed.verify(`${token}a`)).rejects.toThrow(InvalidToken);
  expect(timed.lastKnown(`${token}a`)).toBeUndefined();
  clock.move(39_000);
  expect(timed.lastKnown(token)).toBeUndefined();
});

test('a token that was seen is known for a minute without the keys, and no longer', async () => {
  const folder = temporaryFolder();
  const clock = clockAt(1_800_000_000_000);
  const own = await openDemoIssuer(folder, clock);
  const timed = openTokenVerifier({ ...own, lastKnownForMs: 0 }, { clock, log });
  const token = await own.issue('member');
  const caller = await timed.verify(token);
  rmSync(own.jwks);
  clock.move(59_000);
  expect(await timed.verify(token)).toEqual(caller);
  clock.move(2_000);
  await expect(timed.verify(token)).rejects.toThrow(IdentityUnavailable);
});

describe('keys', () => {
  test('in a file are read again when it changes', async () => {
    const file = join(temporaryFolder(), 'jwks.json');
    const changing = openTokenVerifier({ ...issuer, jwks: file, lastKnownForMs: 0 }, { log });
    await expect(changing.verify(await issuer.issue('member'))).rejects.toThrow(IdentityUnavailable);
    writeFileSync(file, '{"keys":[]}');
    await expect(changing.verify(await issuer.issue('member'))).rejects.toThrow(/does not publish/);
    writeFileSync(file, readFileSync(issuer.jwks));
    expect(await changing.verify(await issuer.issue('member'))).toMatchObject({ roles: ['member'] });
    writeFileSync(file, 'not JSON');
    await expect(changing.verify(await issuer.issue('member'))).rejects.toThrow(IdentityUnavailable);
  });

  const answers: { status: number; body: string } = { status: 200, body: '' };
  const server = createServer((_request, response) => response.writeHead(answers.status).end(answers.body));
  let jwks = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    jwks = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test.each(['RS256', 'ES256', 'EdDSA'])('are fetched from a URL, with %s', async (alg) => {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    Object.assign(answers, {
      status: 200,
      body: JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg, kid: alg }] }),
    });
    const token = await new SignJWT({ ...good, iss: issuer.issuer, aud: issuer.audience, exp: past + 7200 })
      .setProtectedHeader({ alg, kid: alg })
      .sign(privateKey);
    const remote = openTokenVerifier({ ...issuer, jwks }, { log });
    expect(await remote.verify(token)).toMatchObject({ subject: 'u-1', organization: 'acme' });
    await expect(remote.verify(await issuer.issue('member'))).rejects.toThrow(/does not publish/);
  });

  test.each([
    [500, ''],
    [200, 'no JSON'],
    [200, '{"keys":7}'],
  ])('that cannot be had (%s %s) are the identity provider’s fault, not the caller’s', async (status, body) => {
    Object.assign(answers, { status, body });
    const remote = openTokenVerifier({ ...issuer, jwks }, { log });
    await expect(remote.verify(await issuer.issue('member'))).rejects.toThrow(IdentityUnavailable);
  });

  test('at an address where nobody listens are the identity provider’s fault too', async () => {
    const remote = openTokenVerifier({ ...issuer, jwks: 'http://127.0.0.1:1/keys' }, { log });
    await expect(remote.verify(await issuer.issue('member'))).rejects.toThrow(IdentityUnavailable);
  });
});

test('the demo issuer keeps its key, shows only the public part, and mends a lost JWKS file', async () => {
  const before = await issuer.issue('member');
  rmSync(issuer.jwks);
  const again = await openDemoIssuer(keys);
  expect(await openTokenVerifier(again, { log }).verify(before)).toMatchObject({ roles: ['member'] });
  expect(statSync(join(keys, 'demo-issuer.json')).mode & 0o777).toBe(0o600);
  const { keys: published } = JSON.parse(readFileSync(again.jwks, 'utf8'));
  expect(published).toEqual([expect.not.objectContaining({ d: expect.anything() })]);
});

test('many that open the demo issuer at once share one key', async () => {
  const folder = temporaryFolder();
  const issuers = await Promise.all(Array.from({ length: 8 }, () => openDemoIssuer(folder)));
  const tokens = await Promise.all(issuers.map((one) => one.issue('auditor')));
  const shared = openTokenVerifier({ ...issuer, jwks: join(folder, 'demo-jwks.json') }, { log });
  for (const token of tokens) expect(await shared.verify(token)).toMatchObject({ roles: ['auditor'] });
});
