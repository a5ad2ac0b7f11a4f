/** A step whose time is up while a call keeps failing: its halt names that call, whatever the step made of it. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { AccountWork } from '../../../src/application/ports/ensures.js';
import type { ProviderEvent } from '../../../src/domain/provider/events.js';
import { baselineSteps, type Step } from '../../../src/domain/provider/steps.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { type Aws, makeHardenedAccount, startAws } from '../../support/aws.js';
import * as s from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { triedProvider } from '../../support/tried-provider.js';

let aws: Aws;
let store: SqliteEventStore;
beforeEach(async () => {
  aws = await startAws();
  store = openSqliteEventStore({ file: join(temporaryFolder(), 'log.db') });
});
afterEach(async () => {
  await store.close();
  await aws.close();
});

const hour = 3_600_000;
const asked = [s.providerRequested, s.termsAccepted, s.payerAssigned()];
const requested = [...asked, s.creationRequested('car-00000000000000000000000000000000')];
const created = ({ accountId, wayIn }: AccountWork): ProviderEvent[] => [
  ...requested,
  { type: 'AccountCreated', accountId, payerId: 'payer-1', how: 'car-1', access: { roleArn: wayIn.roleArn } },
];
const linked = (account: AccountWork) => [...created(account), s.payerLinked];
const ready = (account: AccountWork) => [...linked(account), s.accountReady];
const applied = (step: Step) => baselineSteps.slice(0, baselineSteps.indexOf(step as never)).map(s.stepApplied);
const before: Partial<Record<Step, (account: AccountWork) => readonly ProviderEvent[]>> = {
  CreateAccount: () => requested,
  LinkPayer: created,
  AwaitReadiness: linked,
  PasswordPolicy: (account) => [...ready(account), ...applied('PasswordPolicy')],
  AuditTrail: (account) => [...ready(account), ...applied('AuditTrail')],
  LiveProof: (account) => [...ready(account), ...baselineSteps.map(s.stepApplied), s.baselineApplied],
  IssueCredentials: (account) => [
    ...ready(account),
    ...baselineSteps.map(s.stepApplied),
    s.baselineApplied,
    s.liveProofRecorded,
  ],
};

test.each([
  ['CreateAccount', 'organizations', 'CreateAccount', 'CreateAccountStatusNotFound', 0],
  ['LinkPayer', 'organizations', 'MoveAccount', 'SourceParentNotFoundException', 400],
  ['LinkPayer', 'organizations', 'ListParents', 'ChildNotFoundException', 400],
  ['AwaitReadiness', 'iam', 'GetAccountSummary', 'AccessDenied', 403],
  ['AwaitReadiness', 'config', 'DescribeConfigurationRecorders', 'AccessDeniedException', 400],
  ['PasswordPolicy', 'iam', 'GetAccountPasswordPolicy', 'InternalFailure', 500],
  ['AuditTrail', 's3', 'GetBucketVersioning', 'OperationAborted', 409],
  ['IssueCredentials', 'iam', 'CreateLoginProfile', 'NoSuchEntity', 404],
] as const)('%s: %s %s answering %s', async (step, service, operation, code, status) => {
  const account = await makeHardenedAccount(aws);
  if (status > 0) await aws.control.inject({ kind: 'error', service, operation, code, status, times: 9 });
  let now = Date.now();
  const on = { store, ensures: aws.restarted().ensures, now: () => now };
  const provider = await triedProvider(on, account.providerId, before[step]?.(account) ?? []);
  now += 25 * hour;
  expect(await provider.attempt()).toBe(0);
  const error = expect.stringContaining(code.replace(/Exception$/, ''));
  expect(await provider.facts()).toMatchObject([
    { type: 'ProvisioningHalted', step, reason: 'deadline-passed', call: { operation, error } },
  ]);
});
