/**
 * The service under its own policies and nothing else: everything it does at AWS succeeds (they suffice), and the calls that the
 * simulated AWS received ask for every action in them (nothing is spare).
 */
import {
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { systemClock } from '../../../../src/application/ports/clock.js';
import { loadConfig } from '../../../../src/config/config.js';
import { ownAccessSettings } from '../../../../src/config/settings-of.js';
import { ownPolicies } from '../../../../src/domain/own-access/policies.js';
import type { PolicyDocument } from '../../../../src/domain/own-access/statements.js';
import { openSigner } from '../../../../src/infrastructure/audit/signing-key.js';
import { openHeadArchive } from '../../../../src/infrastructure/aws/audit/head-archive.js';
import { openAccountLister } from '../../../../src/infrastructure/aws/creation/list-accounts.js';
import { openLogWitness } from '../../../../src/infrastructure/aws/creation/log-witness.js';
import { openAccountSessions } from '../../../../src/infrastructure/aws/credentials/account-sessions.js';
import { openOrganizations } from '../../../../src/infrastructure/aws/guardrails/organizations.js';
import { openNotices } from '../../../../src/infrastructure/aws/notices/sns-notices.js';
import { ownAccountLines } from '../../../../src/infrastructure/aws/preflight/own-account.js';
import { payerLines } from '../../../../src/infrastructure/aws/preflight/payer.js';
import { openSecretsManagerVault } from '../../../../src/infrastructure/vault/secrets-manager-vault.js';
import type { RecordedCall } from '../../../../src/simulator/engine/calls.js';
import { type Aws, attempt, eventually, makeAccount, startAws } from '../../../support/aws.js';

const config = loadConfig({});
const { settings: own, payers } = ownAccessSettings(config);
const files = new Map(ownPolicies(own, payers).map(({ file, document }) => [file, document]));
const documentIn = (file: string): PolicyDocument => {
  const document = files.get(file);
  if (!document) throw new Error(`There is no policy ${file}.`);
  return document;
};

const roles = {
  PartnerCloudAutomation: [
    'automation.json',
    'automation-vault.json',
    'automation-archive.json',
    'automation-notices.json',
    'automation-preflight.json',
  ],
  PartnerCloudVending: ['payer-1.json', 'payer-1-preflight.json'],
} as const;
const { bucket } = own.archive;
const { signal } = new AbortController();

let aws: Aws;
let calls: readonly RecordedCall[];

beforeAll(async () => {
  aws = await startAws();
  const { endpoint, credentials } = aws.settings;
  await aws.access.own
    .s3('us-east-1')
    .send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: true }));
  await aws.access.own.sns('us-east-1').send(new CreateTopicCommand({ Name: own.topics[0]?.split(':').at(-1) }));
  await narrow(aws.access.payer('payer-1').iam, 'PartnerCloudVending', 'payer-1-trust.json');
  await narrow(
    new IAMClient({ endpoint, region: 'us-east-1', ...(credentials && { credentials }) }),
    'PartnerCloudAutomation',
  );
  const before = (await aws.control.calls()).length;
  const { access, ensures } = aws.restarted();
  await everything({ ...aws, access, ensures });
  calls = (await aws.control.calls()).slice(before);
}, 60_000);
afterAll(() => aws.close());

/** Takes AdministratorAccess away from a role, and gives it its own policies. */
async function narrow(iam: IAMClient, RoleName: keyof typeof roles, trust?: string): Promise<void> {
  for (const file of roles[RoleName])
    await iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: file.replace('.json', ''),
        PolicyDocument: JSON.stringify(documentIn(file)),
      }),
    );
  if (trust)
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: JSON.stringify(documentIn(trust)) }));
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
}

/** All that the service and preflight do as these two roles. */
async function everything(on: Aws): Promise<void> {
  await guardrails(on);
  const work = await makeAccount(on);
  for (const step of ['LinkPayer', 'AwaitReadiness', 'AutomationAccess', 'PasswordPolicy', 'AccessModel'] as const)
    await eventually(on.ensures[step], work);
  await eventually(on.ensures.IssueCredentials, { ...work, generation: 1, resetMfa: false });
  const sessions = openAccountSessions(on);
  await sessions.openConsole({ accountId: work.accountId, role: 'administrator', person: 'u-7f3a91' });
  await sessions.openCommandLine({ accountId: work.accountId, role: 'read-only', person: 'u-7f3a91' });
  const list = openAccountLister({ access: on.access, settings: on.settings, clock: systemClock });
  expect(await list('payer-1', signal)).toMatchObject({ accounts: [{ accountId: work.accountId }] });
  const known = { isKnown: () => true, acceptedUntil: async () => 0, log: { info() {}, warn() {}, error() {} } };
  const { witness } = openLogWitness({ access: on.access, payers: ['payer-1'], ...known });
  expect(await witness('payer-1', attempt())).toBeUndefined();
  await vaultAndArchive(on);
  const [topic = ''] = own.topics;
  const notice = { subject: 'A test', text: 'Of what is allowed.' };
  expect(await openNotices(on.access.own.sns).publish(topic, notice, signal)).toEqual({ status: 200 });
  await preflight(on);
}

async function guardrails({ access }: Aws): Promise<void> {
  const organizations = openOrganizations(access);
  const name = 'CTLGuardrailOfATest';
  const content = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: 'ec2:*', Resource: '*' }],
  });
  const unit = payers[0]?.units.guarded[0] ?? '';
  const change = (made: Parameters<typeof organizations.change>[1]) => organizations.change('payer-1', made, signal);
  await change({ action: 'enable-trusted-access' });
  await change({ action: 'enable-root-credentials-management' });
  await change({ action: 'enable-root-sessions' });
  await change({ action: 'enable-policy-type', root: 'r-pay1' });
  await change({ action: 'create-policy', name, content });
  await change({ action: 'attach-policy', name, unit });
  const { own: there } = await organizations.observe('payer-1', { names: [name], units: [unit] }, signal);
  await change({
    action: 'update-policy',
    name,
    id: there[0]?.id ?? '',
    from: content,
    content: content.replace('ec2', 'sns'),
  });
}

async function vaultAndArchive({ access }: Aws): Promise<void> {
  const { region, prefix } = own.vault;
  const vault = openSecretsManagerVault({ client: access.own.secrets(region), prefix, kmsKeyId: undefined });
  await vault.putIfAbsent('provider', 1, 'kept');
  expect(await vault.get('provider', 1)).toMatchObject({ value: 'kept' });
  await vault.destroy('provider', 1);
  const signer = openSigner(new Uint8Array(32).fill(3), 'origin');
  const head = signer.signHead({ origin: 'origin', size: 1, root: '0a'.repeat(32) });
  const archive = openHeadArchive(access.own.s3('us-east-1'), { bucket, prefix: '', retainDays: 1 }, 'log', Date.now);
  await archive.keep(head);
  // Once more, as after a start that has forgotten it: what lies there is read.
  await archive.keep(head);
}

async function preflight({ access, settings }: Aws): Promise<void> {
  const parts = { access, settings, abortSignal: signal };
  const [payer] = config.payers;
  const lines = [
    ...(await ownAccountLines({ ...parts, vault: own.vault, archive: { ...own.archive, region: 'us-east-1' } })),
    ...(payer ? await payerLines(payer, parts) : []),
  ];
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  for (const looked of ['archive of heads', 'archive permissions', 'permissions'])
    expect(lines.find(({ what }) => what === looked)).toMatchObject({ level: 'ok' });
}

/** What a call asks permission for, as far as these policies know it. */
function actionsOf({ service, operation, input }: RecordedCall): readonly string[] {
  if (operation === 'GetObjectLockConfiguration') return ['s3:GetBucketObjectLockConfiguration'];
  return [
    `${service}:${operation}`,
    ...(operation === 'CreateAccount' && input.Tags !== undefined ? ['organizations:TagResource'] : []),
    ...(operation === 'AssumeRole' && input.SourceIdentity !== undefined ? ['sts:SetSourceIdentity'] : []),
    ...(operation === 'PutObject' && input.ObjectLockMode !== undefined ? ['s3:PutObjectRetention'] : []),
  ];
}

const madeAs = (role: string) => calls.filter(({ principal }) => principal.includes(`:assumed-role/${role}/`));
const needsNone = ['sts:GetCallerIdentity'];

test.each(Object.entries(roles))('%s is denied nothing that the service does', (role) => {
  expect(madeAs(role).length).toBeGreaterThan(5);
  expect(madeAs(role).filter(({ error = '' }) => /AccessDenied|Unauthorized/.test(error))).toEqual([]);
});

test.each(Object.entries(roles))('%s holds just the actions that the calls ask for', (role, held) => {
  const allowed = held.flatMap((file) => documentIn(file).Statement.flatMap(({ Action }) => Action));
  const asked = new Set(
    madeAs(role)
      .flatMap(actionsOf)
      .filter((action) => !needsNone.includes(action)),
  );
  expect([...asked].sort()).toEqual([...new Set(allowed)].sort());
});
