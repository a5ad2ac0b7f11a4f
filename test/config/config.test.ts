/** The configuration is right or says everything that is wrong with it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { parseDocument, stringify } from 'yaml';
import type { Settings } from '../../src/application/dependencies.js';
import { type Config, InvalidConfig, loadConfig } from '../../src/config/config.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const defaultFile = resolve('config/partner-cloud.yaml');

/** A file as the default one, with these settings changed (`undefined` leaves one out); the environment that names it. */
function fileWith(changes: Readonly<Record<string, unknown>>): NodeJS.ProcessEnv {
  const document = parseDocument(readFileSync(defaultFile, 'utf8'));
  document.setIn(['terms', 'folder'], resolve('config/terms'));
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    if (value === undefined) document.deleteIn(keys);
    else document.setIn(keys, document.createNode(value));
  }
  return written(document.toString());
}

function written(text: string): NodeJS.ProcessEnv {
  const folder = temporaryFolder();
  const file = join(folder, 'settings.yaml');
  writeFileSync(file, text);
  return {
    PARTNER_CLOUD_CONFIG: file,
    PARTNER_CLOUD_DATA: join(folder, 'data'),
    PARTNER_CLOUD_KEYS: join(folder, 'keys'),
  };
}

function refused(env: NodeJS.ProcessEnv): InvalidConfig {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof InvalidConfig) return error;
    throw error;
  }
  throw new Error('The configuration was accepted.');
}

test('the file that comes with the program is right and fits what the application wants to know', () => {
  const config: Config = loadConfig({});
  const settings: Settings = config;
  expect(settings.payers.map(({ id, creationsAtOnce }) => [id, creationsAtOnce])).toEqual([
    ['payer-1', 5],
    ['payer-2', 5],
  ]);
  expect(config.reseller).toMatchObject({ name: 'CenturyLink', prefix: 'CTL' });
  expect(config.folders).toEqual({ data: resolve('data'), keys: resolve('keys') });
  expect(config.terms.folder).toBe(resolve('config/terms'));
  expect(config.identity).toMatchObject({ demo: true, jwks: resolve('keys/demo-jwks.json') });
});

test('regions may be all that AWS enables by default, and contacts are those that are named', () => {
  const desk = { name: 'Desk', title: 'Security', email: 'security@reseller.example', phone: '+1 555 0100' };
  expect(loadConfig({}).baseline).toMatchObject({ regions: ['us-east-1', 'us-west-2'], contacts: [] });
  expect(loadConfig({}).baseline.securedRegions).toHaveLength(17);
  const { baseline } = loadConfig(fileWith({ 'baseline.regions': 'all', 'baseline.contacts.security': desk }));
  expect(baseline.regions).toHaveLength(17);
  expect(baseline.contacts).toEqual([{ type: 'SECURITY', ...desk }]);
});

test.each([
  [{ email: 'nobody' }, 'email', /wrong form/],
  [{ phone: undefined }, 'phone', /missing/],
  [{ title: 'x'.repeat(51) }, 'title', /wrong form/],
])('a contact with %j is refused where it is wrong', (wrong, member, problem) => {
  const desk = { name: 'Desk', title: 'Security', email: 'security@reseller.example', phone: '+1 555 0100', ...wrong };
  const { problems } = refused(fileWith({ 'baseline.contacts.security': desk }));
  expect(problems).toMatchObject([
    { path: `baseline.contacts.security.${member}`, problem: expect.stringMatching(problem) },
  ]);
});

test('claims and role names of an identity provider are taken as its tokens have them', () => {
  const { identity } = loadConfig(
    fileWith({
      'identity.jwks': 'https://identity.example/keys',
      'identity.lastKnownKeysHours': 2,
      'identity.claims': { roles: 'realm_access.roles', organization: ['https://reseller.example/org'] },
      'identity.roleNames.operator': ['pc-ops'],
    }),
  );
  expect(identity).toMatchObject({
    lastKnownForMs: 7_200_000,
    claims: {
      roles: ['realm_access', 'roles'],
      organization: ['https://reseller.example/org'],
      roleNames: { operator: ['pc-ops'], member: ['member'] },
    },
  });
});

test('what may be left out has a value of its own', () => {
  const left = ['server', 'credentials', 'limits', 'eventStore', 'vault', 'payers.0.creationsAtOnce', 'aws.endpoint'];
  const without = Object.fromEntries(left.map((path) => [path, undefined]));
  const config = loadConfig(fileWith({ ...without, 'identity.jwks': 'https://identity.example/keys' }));
  expect(config).toMatchObject({
    server: { host: '127.0.0.1', port: 3000 },
    credentials: { lifetimeHours: 72 },
    eventStore: { kind: 'sqlite', url: '', streamPrefix: 'partnercloud' },
    aws: { endpoint: '' },
  });
  expect(config.payers[0]?.creationsAtOnce).toBe(5);
});

test('the environment lies over the file', () => {
  const env: NodeJS.ProcessEnv = {
    ...fileWith({ server: undefined }),
    PORT: '0',
    PARTNER_CLOUD_HOST: '0.0.0.0',
    PARTNER_CLOUD_AWS_ENDPOINT: 'http://localhost:4000',
    PARTNER_CLOUD_IDENTITY_JWKS: 'https://identity.example/keys',
  };
  const config = loadConfig(env);
  expect(config.server).toMatchObject({ host: '0.0.0.0', port: 0 });
  expect(config.aws.endpoint).toBe('http://localhost:4000');
  expect(config.identity).toMatchObject({ demo: false, jwks: 'https://identity.example/keys' });
  expect(config.folders).toEqual({ data: env.PARTNER_CLOUD_DATA, keys: env.PARTNER_CLOUD_KEYS });
});

test('relative paths of the file start at its folder', () => {
  const env = fileWith({ 'terms.folder': 'legal', 'identity.jwks': 'keys.json' });
  const folder = resolve(String(env.PARTNER_CLOUD_CONFIG), '..');
  for (const party of ['reseller', 'aws']) {
    mkdirSync(join(folder, 'legal/US', party), { recursive: true });
    writeFileSync(join(folder, 'legal/US', party, '2020-01.md'), 'Terms.');
  }
  writeFileSync(join(folder, 'keys.json'), '{"keys":[]}');
  const config = loadConfig(env);
  expect(config.terms.folder).toBe(join(folder, 'legal'));
  expect(config.identity.jwks).toBe(join(folder, 'keys.json'));
});

const mistakes: readonly (readonly [path: string, value: unknown, problem: RegExp])[] = [
  ['server.port', 70_000, /out of range/],
  ['server.port', '3000', /not a whole number/],
  ['server.port', null, /empty/],
  ['server', 3, /not a group of settings/],
  ['server.host', 'a b', /wrong form/],
  ['reseller', undefined, /missing/],
  ['reseller.name', '', /empty/],
  ['reseller.name', 7, /number; put quotes/],
  ['reseller.name', ['x'], /not text/],
  ['reseller.prefix', 'C-T', /wrong form/],
  ['reseller.contact', undefined, /missing/],
  ['reseller.analyticsUrl', 'analytics', /not a URL/],
  ['reseller.monitoringUrl', 'ftp://a.example', /neither http nor https/],
  ['territories.list', [], /empty/],
  ['territories.list', { code: 'US' }, /not a list/],
  ['territories.list', [null], /entry, number 1, that is not a group/],
  ['territories.version', undefined, /missing/],
  ['payers.1.accountId', 444455556666, /number; put quotes/],
  ['payers.1.accountId', '4444', /wrong form/],
  ['payers.0.roleArn', 'arn:aws:iam::111122223333:user/x', /wrong form/],
  ['payers.0.roleArn', 'arn:aws-us-gov:iam::111122223333:role/x', /wrong form/],
  ['aws.region', 'cn-north-1', /wrong form/],
  ['baseline.homeRegion', 'us-gov-west-1', /wrong form/],
  ['payers.0.customersUnit', 'ou-1', /wrong form/],
  ['payers.0.leavingUnit', 'r-pay1', /wrong form/],
  ['payers.0.territories', ['US', 'US'], /US twice/],
  ['payers.0.territories', ['us'], /wrong entry, number 1/],
  ['payers.0.homeRegion', 'virginia', /wrong form/],
  ['payers.0.accountsAllowed', 0, /out of range/],
  ['payers.0.creationsAtOnce', 6, /out of range/],
  ['rootEmailPattern', 'aws@accounts.example', /no \{token\}/],
  ['rootEmailPattern', '{token}+{token}@accounts.example', /\{token\} 2 times/],
  ['rootEmailPattern', `aws+{token}@${'a'.repeat(30)}.example`, /69 characters/],
  ['rootEmailPattern', 'aws+{token}@@accounts.example', /exactly one @/],
  ['rootEmailPattern', 'a:b+{token}@accounts.example', /before the @/],
  ['rootEmailPattern', '.{token}@accounts.example', /before the @/],
  ['rootEmailPattern', 'aws+{token}@localhost', /domain/],
  ['rootEmailPattern', 'aws+{token}@accounts.example.', /domain/],
  ['rootEmailPattern', 'AWS+{token}@accounts.example', /capital letters/],
  ['baseline.regions', [], /empty/],
  ['baseline.regions', 'us-east-1', /not a list/],
  ['baseline.securedRegions', [], /empty/],
  ['baseline.contacts.security', 'security@reseller.example', /not a group/],
  ['credentials.lifetimeHours', 1.5, /not a whole number/],
  ['limits.revealsPerHour', 0, /out of range/],
  ['limits.revealsPerHourOfAll', 9, /less than limits.revealsPerHour/],
  ['aws.endpoint', 'http://aws.example', /plain http for another machine/],
  ['aws.endpoint', 'http://127.0.0.1.aws.example', /plain http for another machine/],
  ['aws.automationRoleArn', 'role/Automation', /wrong form/],
  ['eventStore.kind', 'eventstoredb', /not supported/],
  ['eventStore.url', 'http://127.0.0.1:2113', /no address of an EventStoreDB/],
  ['eventStore.url', 'esdb://user:word@127.0.0.1:2113', /has a user or password in it/],
  ['eventStore.streamPrefix', 'partner-cloud', /has the wrong form/],
  ['vault.kind', 'none', /not supported/],
  ['identity.jwks', 'http://identity.example/keys', /plain http for another machine/],
  ['identity.lastKnownKeysHours', 0, /out of range/],
  ['identity.claims.roles', 7, /put quotes round it/],
  ['identity.claims.organization', [], /is empty/],
  ['identity.roleNames.operator', 'pc-ops', /is not a list/],
];

test.each(mistakes)('%s cannot be %j', (path, value, problem) => {
  const { problems } = refused(fileWith({ [path]: value }));
  expect(problems).toEqual([
    expect.objectContaining({ path: path.replace(/\.(\d+)/, '[$1]'), problem: expect.stringMatching(problem) }),
  ]);
  expect(problems[0]?.allowed).toMatch(/\w/);
});

const misfits: readonly (readonly [path: string, changes: Readonly<Record<string, unknown>>, problem: RegExp])[] = [
  ['payers[1].id', { 'payers.1.id': 'payer-1' }, /another payer/],
  ['payers[0].roleArn', { 'payers.0.accountId': '999988887777' }, /another account/],
  ['payers[0].leavingUnit', { 'payers.0.leavingUnit': 'ou-pay1-customers1' }, /does not go with/],
  ['payers[0].leavingUnit', { 'payers.0.leavingUnit': 'ou-pay2-leaving001' }, /does not go with/],
  ['payers[0].territories', { 'payers.0.territories': ['US', 'FR'] }, /not in territories\.list/],
  ['baseline.regions', { 'baseline.regions': ['eu-west-1'] }, /no us-east-1/],
  [
    'baseline.homeRegion',
    { 'baseline.homeRegion': 'eu-south-1', 'baseline.regions': ['eu-south-1'] },
    /disabled in a new account/,
  ],
  ['baseline.securedRegions', { 'baseline.securedRegions': ['eu-south-1'] }, /does not enable by default/],
  ['identity.audience', { 'identity.audience': 'other' }, /demo issuer/],
  ['identity.jwks', { 'identity.jwks': 'nowhere.json' }, /does not exist/],
  ['identity.jwks', { 'aws.endpoint': '' }, /is '' beside an AWS that is not on this machine/],
  ['identity.jwks', { 'aws.endpoint': 'https://aws.example' }, /is '' beside an AWS that is not on this machine/],
  ['identity.jwks', { 'server.host': '0.0.0.0' }, /is '' while others reach 0.0.0.0/],
  ['identity.claims', { 'identity.claims.roles': 'realm_access.roles' }, /not as the demo issuer writes it/],
  [
    'identity.roleNames.operator',
    { 'identity.jwks': 'https://id.example/keys', 'identity.roleNames.operator': ['operator', 'auditor'] },
    /the name of another role already/,
  ],
];

test.each(misfits)('%s must fit the others, as it does not in %j', (path, changes, problem) => {
  expect(refused(fileWith(changes)).problems).toEqual([
    expect.objectContaining({ path, problem: expect.stringMatching(problem) }),
  ]);
});

test('a territory needs terms of both parties, a payer, and stands there once', () => {
  const territory = (code: string) => ({ code, name: code });
  const { problems } = refused(fileWith({ 'territories.list': ['US', 'UK', 'US'].map(territory) }));
  expect(problems.map(({ path, problem }) => `${path} ${problem}`)).toEqual([
    'territories.list[2].code stands in the list twice',
    'territories.list[1].code has no payer',
    'terms.folder does not exist',
    'terms.folder does not exist',
  ]);
});

test('every mistake is told at once, each in a line with its place, value and what is allowed', () => {
  const error = refused({
    ...fileWith({ 'payers.0.accountId': '1', 'server.port': -1, 'reseller.colour': 'blue', extra: {} }),
    PORT: 'abc',
    PARTNER_CLOUD_AWS_ENDPOINT: 'nowhere',
  });
  expect(error.problems.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      'PORT',
      'PARTNER_CLOUD_AWS_ENDPOINT',
      'server.port',
      'payers[0].accountId',
      'reseller.colour',
      'extra',
    ]),
  );
  expect(error.problems).toHaveLength(6);
  expect(error.message.split('\n')).toContain(
    'payers[0].accountId: "1" has the wrong form; allowed: an AWS account id: 12 digits in quotes.',
  );
  expect(error.message).toMatch(/reseller\.colour: is no setting of this program; allowed: name, prefix, contact/);
});

test.each([
  ['a: [1', /settings\.yaml:1:\d+: is not YAML here/],
  ['server:\n  port: 1\n  port: 2\n', /settings\.yaml:3:\d+: is not YAML here: Map keys must be unique/],
  ['server: *nowhere\n', /is not YAML here/],
  ['', /has no settings/],
  ['- a\n- b\n', /has no settings/],
])('text that is no such YAML says where: %j', (text, words) => {
  expect(refused(written(text)).message).toMatch(words);
});

test('a file that is not there is named', () => {
  const missing = join(temporaryFolder(), 'none.yaml');
  expect(refused({ PARTNER_CLOUD_CONFIG: missing }).problems).toEqual([
    expect.objectContaining({ path: missing, problem: 'does not exist' }),
  ]);
});

test('the keys may not lie in the data folder', () => {
  const env = fileWith({});
  const inside = { ...env, PARTNER_CLOUD_KEYS: join(String(env.PARTNER_CLOUD_DATA), 'keys') };
  expect(refused(inside).problems).toEqual([expect.objectContaining({ path: 'PARTNER_CLOUD_KEYS' })]);
  expect(() => loadConfig({ ...env, PARTNER_CLOUD_KEYS: `${env.PARTNER_CLOUD_DATA}-keys` })).not.toThrow();
});

test('no problem repeats a secret', () => {
  const secret = 'c2VjcmV0LXRoYXQtaXMtdG9vLXNob3J0';
  const error = refused({
    ...fileWith({
      'aws.endpoint': `https://user:${secret}@aws.example`,
      'aws.secretAccessKey': secret,
      vault: { kind: 'sqlite', key: secret },
    }),
    PARTNER_CLOUD_VAULT_KEY: secret,
    PARTNER_CLOUD_IDENTITY_JWKS: `https://user:${secret}@identity.example`,
  });
  expect(error.problems.map(({ path }) => path).toSorted()).toEqual([
    'PARTNER_CLOUD_IDENTITY_JWKS',
    'PARTNER_CLOUD_VAULT_KEY',
    'aws.endpoint',
    'aws.secretAccessKey',
    'vault.key',
  ]);
  expect(error.message + stringify(error.problems)).not.toContain(secret);
});
