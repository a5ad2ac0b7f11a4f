/** `npm run preflight` looks at an organization before its first account, says what to do, and changes nothing. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DisableOrganizationsRootSessionsCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateAccountCommand,
  DetachPolicyCommand,
  DisablePolicyTypeCommand,
  OrganizationsClient,
  paginateListPoliciesForTarget,
} from '@aws-sdk/client-organizations';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openAwsAccess } from '../../src/infrastructure/aws/calls/clients.js';
import { openOrganizations } from '../../src/infrastructure/aws/guardrails/organizations.js';
import { settingsFor } from '../support/aws.js';
import { ended, startScript } from '../support/child.js';
import { type NameServer, startNameServer } from '../support/name-server.js';
import { type RunningSimulator, startSimulator } from '../support/simulator.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let aws: RunningSimulator;
let names: NameServer;

beforeAll(async () => {
  names = await startNameServer({
    'accounts.reseller.cloud': ['mx1.reseller.cloud', 'mx2.reseller.cloud'],
    'deaf.cloud': [''],
  });
});
afterAll(() => names.close());
beforeEach(async () => {
  aws = await startSimulator();
});
afterEach(() => aws.close());

/** The configuration of the house with changes to its text. */
function configuration(...changes: readonly (readonly [RegExp, string])[]): string {
  const file = join(temporaryFolder(), 'partner-cloud.yaml');
  const domain = [/accounts\.reseller\.example/, 'accounts.reseller.cloud'] as const;
  const terms = [/folder: terms/, `folder: ${resolve('config/terms')}`] as const;
  const text = [domain, terms, ...changes].reduce(
    (all, [was, becomes]) => all.replace(was, becomes),
    readFileSync('config/partner-cloud.yaml', 'utf8'),
  );
  writeFileSync(file, text);
  return file;
}

interface Told {
  readonly level: string;
  readonly of: string;
  readonly what: string;
  readonly found: string;
  readonly advice: string;
}

const own = { AWS_ACCESS_KEY_ID: 'ASIASIMULATOR00000001', AWS_SECRET_ACCESS_KEY: 'simulator-secret' };

const preflight = (config: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = own) =>
  ended(
    startScript('src/cli/preflight.ts', ['--dns', names.address, ...args], {
      PARTNER_CLOUD_CONFIG: config,
      PARTNER_CLOUD_AWS_ENDPOINT: aws.url,
      PARTNER_CLOUD_DATA: temporaryFolder(),
      AWS_EC2_METADATA_DISABLED: 'true',
      ...env,
    }),
  );

/** Exit code and lines, each by whose it is and what was looked at. */
async function looked(...asked: Parameters<typeof preflight>) {
  const [config, args = [], env] = asked;
  const { code, stdout, stderr } = await preflight(config, ['--json', ...args], env ?? own);
  expect(stderr).toBe('');
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Told);
  return { code, lines, by: new Map(lines.map((line) => [`${line.of}, ${line.what}`, line])) };
}

/** The root access of members is switched on, as an application of the guardrails does it. */
async function rootAccessOn(): Promise<void> {
  const access = openAwsAccess(settingsFor(aws.url));
  const organizations = openOrganizations(access);
  const { signal } = new AbortController();
  for (const payer of ['payer-1', 'payer-2'])
    for (const action of [
      'enable-trusted-access',
      'enable-root-credentials-management',
      'enable-root-sessions',
    ] as const)
      await organizations.change(payer, { action }, signal);
  access.close();
}

const reads = /^(AssumeRole|GetCallerIdentity|GetObjectLockConfiguration|SimulatePrincipalPolicy|(Describe|List)\w+)$/;

test('where everything is in place, each line is ok or says what nobody can read, and only reads were sent', async () => {
  await rootAccessOn();
  const before = (await aws.control.calls()).length;
  const { code, stdout, stderr } = await preflight(configuration());
  expect(stderr).toBe('');
  expect(stdout.match(/^error.*/gm)).toBeNull();
  expect(code).toBe(0);
  expect(stdout).toContain(
    'ok       own, e-mail domain: accounts.reseller.cloud takes mail at mx1.reseller.cloud, mx2.reseller.cloud.',
  );
  expect(stdout).toMatch(/^ok +payer-2, accounts: \d of 1000 are there, 99\d are left\.$/m);
  expect(stdout).toMatch(/^ok +payer-1, permissions: \d+ actions are allowed\.$/m);
  expect(
    stdout
      .match(/^warning +(.*?):/gm)
      ?.map((line) => line.replace(/^warning +/, ''))
      .sort(),
  ).toEqual(['own, AWS:', 'payer-1, means of payment:', 'payer-2, means of payment:'].sort());
  expect(stdout).toMatch(
    /\n24 ok, 3 to look at, 0 wrong\. Nothing was found that keeps an account from being made; nothing was changed\.\n$/,
  );
  const calls = (await aws.control.calls()).slice(before);
  expect(calls.length).toBeGreaterThan(20);
  expect([...new Set(calls.map(({ operation }) => operation))].filter((operation) => !reads.test(operation))).toEqual(
    [],
  );
  expect(await aws.control.unknownOperations()).toEqual([]);
});

test('what is wrong at a payer is told line by line with what to do, and ends with 1', async () => {
  await rootAccessOn();
  const access = openAwsAccess(settingsFor(aws.url));
  const { organizations, iam } = access.payer('payer-1');
  await spoil(organizations, iam);
  const { code, by } = await looked(
    configuration([/ou-pay1-leaving001/, 'ou-pay1-notthere1'], [/accountsAllowed: 1000/, 'accountsAllowed: 5000']),
  );
  access.close();
  expect(code).toBe(1);
  const wrong = (what: string) => by.get(`payer-1, ${what}`);
  expect(wrong('service control policies')).toMatchObject({ level: 'error', found: 'not enabled' });
  expect(wrong('centralized root access')).toMatchObject({ level: 'error', found: 'RootSessions off' });
  expect(wrong('leaving unit')).toMatchObject({ level: 'error', found: 'ou-pay1-notthere1 is not there' });
  expect(wrong('guardrails')).toMatchObject({
    level: 'error',
    advice: expect.stringContaining('npm run guardrails -- plan --payer payer-1'),
  });
  expect(wrong('accounts')).toMatchObject({
    level: 'error',
    found: expect.stringMatching(/; accountsAllowed says 5000$/),
  });
  expect(wrong('means of payment')).toMatchObject({
    level: 'error',
    found: expect.stringContaining('MISSING_PAYMENT_INSTRUMENT'),
  });
  expect([...by.values()].filter(({ of, level }) => of === 'payer-2' && level === 'error')).toEqual([]);
});

async function spoil(organizations: OrganizationsClient, iam: IAMClient): Promise<void> {
  await iam.send(new DisableOrganizationsRootSessionsCommand({}));
  await aws.control.failCreations([{ reason: 'MISSING_PAYMENT_INSTRUMENT' }]);
  await organizations.send(new CreateAccountCommand({ Email: 'aws+1@accounts.reseller.cloud', AccountName: 'ctl-1' }));
  const TargetId = 'ou-pay1-customers1';
  const Filter = 'SERVICE_CONTROL_POLICY' as const;
  for await (const { Policies = [] } of paginateListPoliciesForTarget({ client: organizations }, { TargetId, Filter }))
    for (const { Id: PolicyId, Name } of Policies)
      if (Name === 'CTLGuardrailBilling') await organizations.send(new DetachPolicyCommand({ PolicyId, TargetId }));
  await organizations.send(new DisablePolicyTypeCommand({ RootId: 'r-pay1', PolicyType: Filter }));
}

test('a role that does not let us in is one line, and another payer is looked at all the same', async () => {
  const config = configuration([/111122223333:role\/PartnerCloudVending/, '111122223333:role/Nobody']);
  const { code, lines, by } = await looked(config);
  expect(code).toBe(1);
  expect(lines.filter(({ of }) => of === 'payer-1')).toEqual([
    {
      level: 'error',
      of: 'payer-1',
      what: 'role',
      found: expect.stringMatching(/^STS AssumeRole in us-east-1 ended in AccessDenied/),
      advice: expect.stringContaining('payer-1-trust.json'),
    },
  ]);
  expect(by.get('payer-2, role')?.level).toBe('ok');
});

test('without credentials, or with those of another role, nothing else is asked', async () => {
  const none = await looked(configuration(), [], {
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  });
  expect(none.code).toBe(1);
  expect(none.lines.map(({ what, level }) => [what, level])).toEqual([
    ['AWS', 'warning'],
    ['credentials', 'error'],
    ['e-mail domain', 'ok'],
  ]);
  const other = await looked(configuration([/role\/PartnerCloudAutomation/g, 'role/Another']));
  expect(other.by.get('own, credentials')).toMatchObject({
    level: 'error',
    found: expect.stringMatching(/PartnerCloudAutomation\/\S+ is no session of \S+role\/Another$/),
  });
});

test('a region in which STS does not serve us, and a domain without mail, are told', async () => {
  await aws.control.inject({
    service: 'sts',
    operation: 'GetCallerIdentity',
    kind: 'error',
    code: 'RegionDisabledException',
    status: 403,
    message:
      'STS is not activated in this region for account:210987654321. Your account administrator can activate STS.',
    times: 99,
  } as never);
  const { code, by } = await looked(configuration([/accounts\.reseller\.cloud/, 'deaf.cloud']));
  expect(code).toBe(1);
  expect(by.get('own, credentials')).toMatchObject({ advice: expect.stringMatching(/^Activate STS in us-east-1 /) });
  expect(by.get('own, e-mail domain')).toMatchObject({
    level: 'error',
    found: 'deaf.cloud says that it takes no mail',
  });
  const gone = await looked(configuration([/accounts\.reseller\.cloud/, 'nowhere.cloud']));
  expect(gone.by.get('own, e-mail domain')).toMatchObject({ found: 'nowhere.cloud is no domain that can be found' });
});

test('the vault in Secrets Manager is asked for what is never there', async () => {
  const { by } = await looked(configuration([/^vault:\n {2}kind: sqlite/m, 'vault:\n  kind: secretsManager']), [
    '--payer',
    'payer-2',
  ]);
  expect(by.get('own, vault')?.level).toBe('ok');
  expect([...by.values()].filter(({ of }) => of === 'payer-1')).toEqual([]);
  expect((await aws.control.calls({ service: 'secretsmanager' })).map(({ operation }) => operation)).toEqual([
    'GetSecretValue',
  ]);
});

test('the archive of heads is looked at without putting anything into it', async () => {
  const access = openAwsAccess(settingsFor(aws.url));
  const s3 = access.own.s3('us-east-1');
  const lines = async (bucket: string) => {
    const archive = `audit:\n  archive:\n    bucket: ${bucket}\n    region: us-east-1\n`;
    const { by } = await looked(configuration([/^audit:\n/m, archive]), ['--payer', 'payer-1']);
    return [by.get('own, archive of heads'), by.get('own, archive permissions')] as const;
  };
  expect((await lines('heads-of-nobody'))[0]).toMatchObject({
    level: 'warning',
    found: 'heads-of-nobody is not there',
  });
  await s3.send(new CreateBucketCommand({ Bucket: 'heads-unlocked' }));
  expect((await lines('heads-unlocked'))[0]).toMatchObject({
    level: 'warning',
    found: 'heads-unlocked has no Object Lock',
  });
  await s3.send(new CreateBucketCommand({ Bucket: 'heads-locked', ObjectLockEnabledForBucket: true }));
  expect(await lines('heads-locked')).toEqual([
    { ...ok, what: 'archive of heads', found: 'heads-locked in us-east-1 locks what it holds' },
    { ...ok, what: 'archive permissions', found: '3 actions are allowed' },
  ]);
  access.close();
  const asked = (await aws.control.calls({ service: 's3' })).map(({ operation }) => operation);
  expect(asked.filter((operation) => operation !== 'CreateBucket')).toEqual(
    Array(3).fill('GetObjectLockConfiguration'),
  );
});

const ok = { level: 'ok', of: 'own', advice: '' };

test.each([
  [['--payer', 'payer-9'], /^--payer payer-9: allowed are payer-1, payer-2\.\n/],
  [['--dns', 'ns.example'], /^--dns ns\.example: an address is allowed, such as 10\.0\.0\.2/],
  [['--all'], /^Unknown option '--all'/],
])('%j is answered with what would be right', async (args, words) => {
  const { code, stdout, stderr } = await preflight(configuration(), args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(words);
  expect(stderr).toContain('Usage: npm run --silent preflight');
});
