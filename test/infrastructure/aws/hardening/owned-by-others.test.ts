/** That the customer has rewritten its override policy is told, put right by nobody, and no drift. */
import { CreatePolicyVersionCommand, SetDefaultPolicyVersionCommand } from '@aws-sdk/client-iam';
import { afterEach, expect, test } from '@jest/globals';
import { hardeningView } from '../../../../src/application/hardening/hardening-view.js';
import { hardenings } from '../../../../src/application/streams/aggregates.js';
import { arnOf, openPolicy } from '../baseline/baseline-drifts.js';
import { type Held, openHeld } from './held.js';

let on: Held;
afterEach(() => on.close());

const object = 'managed-policy/CAMOverridePolicy/global';
const view = async () => {
  const { state } = await on.streams.load(hardenings, on.id);
  return hardeningView(on.id, state, { looks: on.hardening.looks, held: { parts: [], behind: [] }, seesAll: false });
};

test('each version is told once, and it is over with the first one', async () => {
  on = await openHeld(['AutomationAccess', 'AccessModel']);
  on.start();
  await on.check();
  expect(on.factsOf('DriftDetected')).toEqual([]);
  const { iam } = on.account.clients;
  const PolicyArn = arnOf(on.account, 'CAMOverridePolicy');
  const rewrite = { PolicyArn, PolicyDocument: openPolicy, SetAsDefault: true };
  for (const version of ['v2', 'v3']) {
    await iam.send(new CreatePolicyVersionCommand(rewrite));
    on.account.writes();
    await on.check();
    await on.check();
    expect(on.account.writes()).toEqual([]);
    const changes = [`managed policy CAMOverridePolicy: its owner has put version ${version} in force`];
    expect(on.factsOf('DriftDetected').at(-1)?.findings).toEqual([{ object, changes, repair: 'none' }]);
  }
  expect(on.factsOf('DriftDetected')).toHaveLength(2);
  expect(on.hardening.looks.latest(on.id)).toMatchObject({ outcome: 'held' });
  expect(await view()).toMatchObject({ state: 'held', findings: [{ object }] });
  expect(on.warnings).toEqual([]);
  await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  await on.check();
  expect(on.factsOf('HardeningReapplied')).toEqual([{ type: 'HardeningReapplied', objects: [object], changes: [] }]);
  expect(await view()).toMatchObject({ state: 'held', findings: [] });
});
