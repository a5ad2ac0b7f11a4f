/** The user that was handed over is held to what it was made as, and to the group that binds it, for as long as the account is in use. */
import {
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  DeleteUserCommand,
  DetachGroupPolicyCommand,
  GetUserCommand,
  ListGroupsForUserCommand,
  RemoveUserFromGroupCommand,
  TagUserCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import { afterEach, expect, test } from '@jest/globals';
import { heldOf, placeOf } from '../../../../src/application/hardening/hardening-parts.js';
import { hardenings, rollouts } from '../../../../src/application/streams/aggregates.js';
import { sagaCause } from '../../../../src/application/streams/causes.js';
import { digestOf as digestOfContent } from '../../../../src/application/streams/command-digest.js';
import { type DescribedParts, partsIn } from '../../../../src/domain/baseline/known-baselines.js';
import { canonicalText } from '../../../../src/domain/canonical-json.js';
import { dayMs } from '../../../../src/domain/hardening/daily-minute.js';
import type { HardeningEvent } from '../../../../src/domain/hardening/events.js';
import { rolloutId } from '../../../../src/domain/hardening/rollout.js';
import { enrolMfa } from '../../../support/mfa.js';
import { type Held, openHeld } from './held.js';

let on: Held;
afterEach(() => on.close());

const few = ['AutomationAccess', 'AccessModel'] as const;
const UserName = 'administrator';
const GroupName = 'CTLAdministrators';
const user = 'handed-over-user/administrator/global';
const membership = 'group-membership/CTLAdministrators/global';

const iam = () => on.account.clients.iam;
const leave = () => iam().send(new RemoveUserFromGroupCommand({ UserName, GroupName }));
const groups = async () =>
  (await iam().send(new ListGroupsForUserCommand({ UserName }))).Groups?.map((group) => group.GroupName);
const path = async () => (await iam().send(new GetUserCommand({ UserName }))).User?.Path;
const happened = (event: HardeningEvent) =>
  on.streams.change(hardenings, on.id, sagaCause(on.id, 'test', event.type), () => [event]);
const told = () => on.factsOf('DriftDetected').flatMap(({ findings }) => findings);
const repaired = () => on.factsOf('HardeningReapplied').flatMap(({ changes }) => changes);

test('on another path its ARN is one that nothing protects: it is told and moved back', async () => {
  on = await openHeld(few);
  on.start();
  await iam().send(new UpdateUserCommand({ UserName, NewPath: '/elsewhere/' }));
  await on.check();
  const change = 'handed over user administrator: path from "/elsewhere/" to "/"';
  expect(told()).toEqual([{ object: user, changes: [change], repair: 'now' }]);
  expect([repaired(), await path()]).toEqual([[change], '/']);
});

test('out of the group it is told once, as what it is and not as one of the customer’s users, and put back at once', async () => {
  on = await openHeld(few);
  on.start();
  await leave();
  await on.check();
  const change = 'create group membership CTLAdministrators';
  expect(told()).toEqual([{ object: membership, changes: [change], repair: 'now' }]);
  expect([repaired(), await groups()]).toEqual([[change], [GroupName]]);
});

test('where drift is only reported it is told, and left as it is', async () => {
  on = await openHeld(few, { drift: 'report', identities: 'repair' });
  on.start();
  await leave();
  await on.check();
  on.clock.pass(8 * dayMs);
  await on.check();
  expect(told()).toMatchObject([{ object: membership, repair: 'none' }]);
  expect([repaired(), await groups()]).toEqual([[], []]);
});

test('an exception leaves it out of the group, also beyond the notice to users in none, and ends by itself', async () => {
  on = await openHeld(few);
  on.start();
  const until = new Date(on.clock.now() + 10 * dayMs).toISOString();
  const granted = { type: 'BaselineExceptionGranted', owner: 'u-1', reason: 'A test.', until } as const;
  await happened({ ...granted, object: membership });
  await leave();
  await on.check();
  on.clock.pass(8 * dayMs);
  await on.check();
  expect([told(), await groups()]).toEqual([[], []]);
  on.clock.pass(2 * dayMs);
  await on.pass(() => on.factsOf('BaselineExceptionExpired').length > 0);
  await on.check();
  expect(await groups()).toEqual([GroupName]);
});

/** Begins to bring this desired state to the account. */
async function rollOut(content: string): Promise<void> {
  const digest = digestOfContent(content);
  const started = {
    type: 'BaselineRolloutStarted',
    ...{ baselineVersion: 'newer', digest, canaries: [on.id], perHour: 60, stopAfterFailures: 1 },
  } as const;
  const cause = sagaCause(on.id, 'test', 'started');
  await on.streams.change(rollouts, rolloutId('newer', digest), cause, () => [started]);
}

test('an exception from the user leaves it deleted, and everything else is put right and rolled out all the same', async () => {
  on = await openHeld(few);
  on.start();
  const until = new Date(on.clock.now() + 10 * dayMs).toISOString();
  const granted = { type: 'BaselineExceptionGranted', owner: 'u-1', reason: 'A test.', until } as const;
  await happened({ ...granted, object: user });
  await leave();
  await iam().send(new DeleteUserCommand({ UserName }));
  const PolicyArn = `arn:aws:iam::${on.account.accountId}:policy/CTLCustomerPolicy`;
  await iam().send(new DetachGroupPolicyCommand({ GroupName, PolicyArn }));
  await on.check();
  await on.pass(() => on.factsOf('HardeningReapplied').length > 0);
  expect(told()).toMatchObject([{ object: 'group/CTLAdministrators/global', repair: 'now' }]);
  expect(repaired()).toHaveLength(1);
  await on.stop();
  on.hardening.baseline = { version: 'newer', content: on.content() };
  on.start();
  await rollOut(on.content());
  await on.pass(() => on.factsOf('BaselineUpgradeApplied').length > 0);
  const changes = on.factsOf('BaselineUpgradeApplied').at(-1)?.changes ?? [];
  expect(changes).toContain('create trail ctl-audit in us-east-1');
  expect(changes.filter((change) => /handed over user|group membership/.test(change))).toEqual([]);
});

test('what whoever has it does for themselves is theirs: a device, a key, a tag, a further group', async () => {
  on = await openHeld(few);
  on.start();
  await enrolMfa(iam(), on.clock.now());
  await iam().send(new CreateAccessKeyCommand({ UserName }));
  await iam().send(new TagUserCommand({ UserName, Tags: [{ Key: 'team', Value: 'one' }] }));
  await iam().send(new CreateGroupCommand({ GroupName: 'theirs' }));
  await iam().send(new AddUserToGroupCommand({ UserName, GroupName: 'theirs' }));
  await on.check();
  expect(told().map(({ object }) => object)).toEqual(['customer-group/theirs/global']);
});

/** The same desired state before the handed-over user was a part of it. */
const before = (content: string): DescribedParts =>
  (JSON.parse(content) as DescribedParts).map(({ step, objects }) => ({
    step,
    objects: objects.filter(({ kind }) => kind !== 'handed-over-user' && kind !== 'group-membership'),
  }));

test('an account of an older baseline is behind and not drifted, and a rollout brings the user back into its group', async () => {
  on = await openHeld(few);
  const now = on.content();
  const older = canonicalText(before(now));
  const { digestOf } = on.hardening;
  const steps = partsIn(older, placeOf(on.hardening, on.account.work))
    .filter(({ step }) => step === 'AccessModel')
    .map(({ step, objects }) => ({ step, digest: digestOf(objects) }));
  const digest = digestOfContent(older);
  await happened({ type: 'BaselineUpgradeApplied', baselineVersion: 'older', digest, steps, changes: [] });
  on.hardening.baseline = { version: 'older', content: older };
  on.start();
  await on.check();
  await on.stop();
  on.hardening.baseline = { version: 'newer', content: now };
  on.start();
  await leave();
  await on.check();
  const id = (await iam().send(new GetUserCommand({ UserName }))).User?.UserId;
  expect(told().map(({ object, repair }) => [object, repair])).toEqual([[`user/${id}/global`, 'after-notice']]);
  expect((await heldOf(on, on.hardening, on.account.work)).behind).toContain('AccessModel');
  await rollOut(now);
  await on.pass(() => on.factsOf('BaselineUpgradeApplied').length > 1);
  expect(on.factsOf('BaselineUpgradeApplied').at(-1)?.changes).toContain('create group membership CTLAdministrators');
  expect(await groups()).toEqual([GroupName]);
  await on.check();
  expect((await on.streams.load(hardenings, on.id)).state.findings).toEqual([]);
});
