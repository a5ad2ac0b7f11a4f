/** The baseline at AWS: made whole, left alone when whole, repaired where it drifted, patient with what settles. */
import {
  DescribeConfigurationRecorderStatusCommand,
  PutConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import {
  CreatePolicyVersionCommand,
  CreateServiceLinkedRoleCommand,
  GetAccountPasswordPolicyCommand,
  GetPolicyCommand,
} from '@aws-sdk/client-iam';
import { GetBucketLocationCommand } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type BaselineStep, baselineSteps } from '../../../../src/domain/provider/steps.js';
import { type BaselineAccount, openBaselineAccount } from './baseline-account.js';
import { arnOf, drifts, openPolicy } from './baseline-drifts.js';

let account: BaselineAccount;
afterEach(() => account.close());

/** What is there from the beginning and only has to be switched. */
const switches = [
  'recording',
  'opt-in-region',
  'volume-encryption',
  'instance-metadata',
  'snapshot-sharing',
  'role-trust',
];

/** What each step runs into where changes take three seconds to be seen. */
const races: Readonly<Record<BaselineStep, string | undefined>> = {
  AutomationAccess: 'NoSuchEntity',
  PasswordPolicy: 'NoSuchEntity',
  AccessModel: 'NoSuchEntity',
  AuditTrail: 'InsufficientS3BucketPolicyException',
  ConfigRecorder: 'InvalidRoleException',
  PublicAccessBlock: 'NoSuchPublicAccessBlockConfiguration',
  RegionDefaults: undefined,
  RegionRecorders: undefined,
  OptInRegions: undefined,
  AccountContacts: 'ResourceNotFoundException',
  DefaultRole: undefined,
};

/** What other steps a step needs: the role it acts through, and the bucket and the role of AWS Config where it records. */
async function applyNeedsOf(step: BaselineStep): Promise<void> {
  if (step !== 'AutomationAccess') await account.apply('AutomationAccess');
  if (step === 'RegionRecorders' || step === 'OptInRegions') await account.apply('ConfigRecorder');
}

describe('a new account', () => {
  test('is made whole, each step with its own fact and one baseline for all', async () => {
    account = await openBaselineAccount();
    const facts = await account.applyAll();
    expect(facts.map(({ step }) => step)).toEqual([...baselineSteps]);
    expect(new Set(facts.map(({ baselineDigest }) => baselineDigest)).size).toBe(1);
    expect(new Set(facts.map(({ digest }) => digest)).size).toBe(facts.length);
    const [home, other, optIn] = ['us-east-1', 'eu-west-1', 'eu-south-1'];
    const before = [[], [], [], [home], [home], []];
    expect(facts.map(({ regions }) => regions)).toEqual([...before, [home, other], [other], [optIn], [], []]);
    const late = ['RegionDefaults', 'RegionRecorders', 'OptInRegions', 'AccountContacts', 'DefaultRole'];
    for (const { afterCredentials } of facts) expect(afterCredentials).toEqual(late);
    expect(facts.flatMap(({ changes }) => changes)).toContain('create role CTLDeveloperRole');
    const { PasswordPolicy } = await account.clients.iam.send(new GetAccountPasswordPolicyCommand({}));
    expect(PasswordPolicy).toMatchObject({ MinimumPasswordLength: 14, AllowUsersToChangePassword: true });
    for (const region of ['us-east-1', 'eu-west-1', 'eu-south-1']) {
      const status = await account.clients.config(region).send(new DescribeConfigurationRecorderStatusCommand({}));
      expect(status.ConfigurationRecordersStatus).toMatchObject([{ name: 'default', recording: true }]);
    }
  });

  test('that is whole is only read', async () => {
    account = await openBaselineAccount();
    await account.applyAll();
    account.writes();
    const again = await account.applyAll();
    expect(again.flatMap(({ changes }) => changes)).toEqual([]);
    expect(account.writes()).toEqual([]);
  });

  test('whose home is elsewhere has its buckets and its trail there', async () => {
    account = await openBaselineAccount({}, { homeRegion: 'eu-central-1', regions: ['us-east-1'] });
    const facts = await account.applyAll();
    expect(facts.map(({ regions }) => regions).slice(3, 6)).toEqual([['eu-central-1'], ['eu-central-1'], []]);
    expect(facts.at(-1)?.afterCredentials).toEqual(['RegionDefaults', 'RegionRecorders', 'DefaultRole']);
    const Bucket = `ctlaudit-${account.accountId}-eu-central-1-an`;
    const location = await account.clients.s3.send(new GetBucketLocationCommand({ Bucket }));
    expect(location.LocationConstraint).toBe('eu-central-1');
  });

  test('whose region AWS takes hours to enable is waited for, and then secured and recorded like any other', async () => {
    account = await openBaselineAccount({ enableRegionMs: 7_200_000 });
    await applyNeedsOf('OptInRegions');
    const waits = { kind: 'delayed', reason: 'region-being-enabled', words: expect.stringContaining('eu-south-1') };
    expect(await account.attempt('OptInRegions')).toMatchObject(waits);
    account.passTime(3_600_000);
    expect(await account.attempt('OptInRegions')).toMatchObject(waits);
    account.passTime(3_600_000);
    const { changes } = await account.apply('OptInRegions');
    expect(changes[0]).toBe('opt in region eu-south-1 in eu-south-1: enabled from false to true');
    expect(changes).toContain('create access analyzer CTLExternalAccess in eu-south-1');
  });

  test('under a policy of its organization that blocks public access to S3 counts as blocked, and nothing is written', async () => {
    account = await openBaselineAccount();
    account.blockByOrganization();
    await account.apply('AutomationAccess');
    account.writes();
    expect((await account.apply('PublicAccessBlock')).changes).toEqual([]);
    expect(account.writes()).toEqual([]);
  });

  test('that has a recorder of another name keeps the name', async () => {
    account = await openBaselineAccount();
    await account.apply('AutomationAccess');
    const service = { AWSServiceName: 'config.amazonaws.com' };
    await account.clients.iam.send(new CreateServiceLinkedRoleCommand(service));
    const roleARN = `arn:aws:iam::${account.accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
    const ConfigurationRecorder = { name: 'theirs', roleARN };
    const config = account.clients.config('eu-west-1');
    await config.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }));
    await account.apply('ConfigRecorder');
    const { changes } = await account.apply('RegionRecorders');
    expect(changes).toContain('recording theirs in eu-west-1: on from false to true');
    expect(changes).not.toContainEqual(expect.stringMatching(/create config recorder .*eu-west-1/));
    const status = await config.send(new DescribeConfigurationRecorderStatusCommand({}));
    expect(status.ConfigurationRecordersStatus).toMatchObject([{ name: 'theirs', recording: true }]);
  });

  test.each(baselineSteps)(
    'that sees what was made only after a while: %s comes true and tells all it did',
    async (step) => {
      account = await openBaselineAccount({ propagationMs: 3_000 });
      if (step === 'AutomationAccess') expect(await account.attempt(step)).toMatchObject({ kind: 'later' });
      await applyNeedsOf(step);
      const { changes, digest } = await account.apply(step);
      const refusals = account.refusals();
      if (races[step]) expect(refusals).toContain(races[step]);
      expect(refusals).not.toContain('EntityAlreadyExists');
      const created = account.objects(step).filter(({ kind }) => !switches.includes(kind));
      for (const { name } of created) expect(changes).toContainEqual(expect.stringMatching(`^create .*${name}`));
      account.writes();
      expect(await account.apply(step)).toMatchObject({ digest, changes: [] });
      expect(account.writes()).toEqual([]);
    },
  );
});

/** Opens an account in which this step is true, and what it needs. */
async function openHardenedBy(step: BaselineStep): Promise<void> {
  account = await openBaselineAccount();
  await applyNeedsOf(step);
  await account.apply(step);
}

describe('drift is repaired, and nothing else is touched', () => {
  test.each(drifts)('%s', async (_title, step, drift, lines) => {
    await openHardenedBy(step);
    await drift(account);
    const { changes } = await account.apply(step);
    expect(changes).toHaveLength(lines.length);
    for (const [position, line] of lines.entries()) expect(changes[position]).toEqual(expect.stringMatching(line));
    account.writes();
    expect((await account.apply(step)).changes).toEqual([]);
    expect(account.writes()).toEqual([]);
  });

  test('an override policy belongs to its owner', async () => {
    await openHardenedBy('AccessModel');
    const PolicyArn = arnOf(account, 'CAMOverridePolicy');
    const theirs = { PolicyArn, PolicyDocument: openPolicy, SetAsDefault: true };
    await account.clients.iam.send(new CreatePolicyVersionCommand(theirs));
    expect((await account.apply('AccessModel')).changes).toEqual([]);
    const { Policy } = await account.clients.iam.send(new GetPolicyCommand({ PolicyArn }));
    expect(Policy?.DefaultVersionId).toBe('v2');
  });
});

describe('trouble', () => {
  test('on the way to AWS: an answer lost after acting does not make anything twice or stop the step', async () => {
    account = await openBaselineAccount();
    for (const operation of ['CreateRole', 'CreatePolicy', 'CreateBucket', 'CreateTrail', 'CreateServiceLinkedRole'])
      account.inject({ kind: 'drop', service: '*', operation, times: 1 });
    expect((await account.applyAll()).map(({ step }) => step)).toEqual([...baselineSteps]);
  });

  test('of AWS itself is waited for', async () => {
    account = await openBaselineAccount();
    await account.apply('AutomationAccess');
    const broken = { kind: 'error', service: 'iam', operation: 'GetAccountPasswordPolicy' } as const;
    account.inject({ ...broken, times: 3 });
    expect(await account.attempt('PasswordPolicy')).toMatchObject({ kind: 'later' });
    expect((await account.apply('PasswordPolicy')).changes).toEqual(['create password policy account']);
  });

  test.each([
    ['error', 'aws-unavailable', {}],
    ['drop-before', 'aws-slow', {}],
    ['error', 'young-account', { code: 'SubscriptionRequiredException', status: 400 }],
  ] as const)('that lasts (%s) is told in every step as %s, with its call', async (kind, reason, answer) => {
    account = await openBaselineAccount();
    await account.apply('AutomationAccess');
    account.inject({ kind, ...answer, service: '*', operation: '*', times: 10_000 });
    for (const step of baselineSteps) {
      for (const tries of [0, 1, 2])
        expect(await account.attempt(step, tries)).toMatchObject({
          ...{ kind: 'later' },
          call: { operation: expect.any(String) },
        });
      expect(await account.attempt(step, 3)).toMatchObject({
        ...{ kind: 'delayed', reason },
        call: { operation: expect.any(String), error: expect.any(String) },
      });
    }
  });

  test('that settles names the call that it made fail', async () => {
    account = await openBaselineAccount();
    await account.apply('AutomationAccess');
    account.inject({ kind: 'error', code: 'NoSuchBucket', status: 404, service: 's3', operation: '*', times: 99 });
    expect(await account.attempt('AuditTrail')).toMatchObject({
      ...{ kind: 'later' },
      call: { operation: expect.stringContaining('Bucket'), error: expect.stringContaining('NoSuchBucket') },
    });
  });

  test('that does not pass is waited for two minutes and then told as AWS said it', async () => {
    account = await openBaselineAccount();
    await account.apply('AutomationAccess');
    const denied = { kind: 'error', code: 'AccessDenied', status: 403, message: 'You may not.' } as const;
    account.inject({ ...denied, service: 'iam', operation: 'GetAccountPasswordPolicy', times: 2 });
    expect(await account.attempt('PasswordPolicy')).toMatchObject({ kind: 'later' });
    account.passTime(120_000);
    await expect(account.attempt('PasswordPolicy')).rejects.toThrow('You may not.');
  });

  test('a step before its own role is there waits for it', async () => {
    account = await openBaselineAccount();
    expect(await account.attempt('PasswordPolicy')).toMatchObject({ kind: 'later' });
  });
});
