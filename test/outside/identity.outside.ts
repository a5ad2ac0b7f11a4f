/** An identity provider of the customer's choice: its claims as it writes them, and what happens while it is away. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type Listening, listening } from '../support/tls.js';
import { until } from '../support/waiting.js';
import { clockIn, hourMs, type ServiceClock } from './support/clock.js';
import { settingsWith } from './support/settings.js';
import { Stage } from './support/stage.js';

const issuer = 'https://identity.example';

let stage: Stage;
let clock: ServiceClock;
let provider: Server;
let serving: Listening;
let asked = 0;
let sign: (claims: Readonly<Record<string, unknown>>) => Promise<string>;

beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'first', alg: 'ES256' }];
  provider = createServer((_, reply) => {
    asked += 1;
    reply.end(JSON.stringify({ keys }));
  });
  serving = await listening(provider);
  sign = (claims) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'first' })
      .setIssuer(issuer)
      .setAudience('partner-cloud')
      .setSubject('u-93d6f2b8017e')
      .setExpirationTime('60 h')
      .sign(privateKey);
  stage = await Stage.prepare();
  clock = clockIn(stage.grounds.folder);
  stage.grounds.env.PARTNER_CLOUD_CONFIG = settingsWith(
    stage.grounds.folder,
    [/^ {2}issuer: .*$/m, `  issuer: ${issuer}`],
    [/^ {2}jwks: ''$/m, `  jwks: http://127.0.0.1:${serving.port}/jwks`],
    ['  # claims:\n', '  claims:\n'],
    ['  #   roles: realm_access.roles', '    roles: realm_access.roles'],
    ['  #   organization: organization.id', "    organization: 'organization.*.id'"],
    ['  # roleNames:\n', '  roleNames:\n'],
    ['  #   operator: [partner-cloud-operator]', '    operator: [partner-cloud-operator]'],
  );
  Object.assign(stage.grounds.env, clock.env);
  await stage.start();
});
afterAll(async () => {
  await stage.close();
  await serving.close();
});

const member = { realm_access: { roles: ['member', 'offline_access'] }, organization: { acme: { id: 'acme' } } };
const list = async (claims: Readonly<Record<string, unknown>>, path = '/v1/territories') =>
  (await stage.call(undefined, 'GET', path, { headers: { authorization: `Bearer ${await sign(claims)}` } })).status;

test('F10: nested roles, a single role as text, role names and an organization as an object are read as configured', async () => {
  expect(await list(member)).toBe(200);
  expect(await list({ ...member, realm_access: { roles: 'member' } })).toBe(200);
  expect(await list({ realm_access: { roles: ['partner-cloud-operator'] } }, '/v1/queue')).toBe(200);
  expect(await list({ realm_access: { roles: ['operator'] } }, '/v1/queue')).toBe(403);
});

test('F9: with the provider away for hours calls go on with the last keys, one refresh at a time, told in readiness', async () => {
  const port = serving.port;
  await serving.close();
  const before = asked;
  // Longer than keys are taken for fresh, and less than they are used without their provider.
  clock.ahead(2 * hourMs);
  const answers = await Promise.all(Array.from({ length: 20 }, () => list(member)));
  expect(new Set(answers)).toEqual(new Set([200]));
  const seen = await until(
    () => stage.ready(),
    ({ degraded }) => degraded.includes('identity-provider'),
  );
  expect(seen.status).toBe(200);
  const warned = () => stage.lines.filter((line) => JSON.parse(line).level === 'warn' && /identity|key/i.test(line));
  expect(
    await until(
      async () => warned().length,
      (count) => count > 0,
    ),
  ).toBe(1);
  expect(asked).toBe(before);

  await new Promise<void>((done) => provider.listen(port, '127.0.0.1', done));
  clock.ahead(3 * hourMs);
  await until(
    async () => {
      await list(member);
      return stage.ready();
    },
    ({ degraded }) => !degraded.includes('identity-provider'),
  );
});
