/** A look notices that root of an account has credentials again, once it had none: a fact, and a finding until they are gone. */
import { afterEach, expect, test } from '@jest/globals';
import { hardenings, providers } from '../../../../src/application/streams/aggregates.js';
import { sagaCause } from '../../../../src/application/streams/causes.js';
import { rootObject } from '../../../../src/domain/hardening/findings.js';
import { type Held, openHeld } from './held.js';

let on: Held;
afterEach(() => on.close());

const root = async () => {
  const { state } = await on.streams.load(providers, on.id);
  return state.stage === 'active' ? state.root : undefined;
};
const findings = async () => (await on.streams.load(hardenings, on.id)).state.findings;
const saw = (...credentials: readonly string[]) => ({ type: 'RootStateObserved', credentials });

test('root that gets a password is a fact and a finding, until it has none again', async () => {
  on = await openHeld(['AutomationAccess', 'AccessModel']);
  on.start();
  await on.check();
  expect(await root()).toBe('rootless');
  expect(on.factsOf('DriftDetected')).toEqual([]);
  on.account.giveRoot('AccountPasswordPresent', 'AccountMFAEnabled');
  await on.check();
  await on.check();
  expect(await findings()).toEqual([
    {
      object: rootObject,
      changes: ['root account: has a password, an MFA device, and had no credentials before'],
      repair: 'none',
    },
  ]);
  expect(await root()).toBe('regained');
  expect(on.factsOf('DriftDetected')).toHaveLength(1);
  expect(on.warnings).toMatchObject([{ id: on.id, fact: 'DriftDetected', objects: [rootObject] }]);
  expect(on.hardening.looks.latest(on.id)).toMatchObject({ outcome: 'drifted' });
  on.account.giveRoot();
  await on.check();
  expect(await findings()).toEqual([]);
  expect(on.factsOf('RootStateObserved').slice(-2)).toEqual([saw('a password', 'an MFA device'), saw()]);
});

test('root that had credentials from the beginning is known for it, and no finding', async () => {
  on = await openHeld(['AutomationAccess', 'AccessModel']);
  on.account.giveRoot('AccountAccessKeysPresent');
  on.start();
  await on.check();
  expect(on.factsOf('RootStateObserved')).toEqual([saw('access keys')]);
  expect(await root()).toBe('has-credentials');
  expect(await findings()).toEqual([]);
});

test('an exception leaves it as it is', async () => {
  on = await openHeld(['AutomationAccess', 'AccessModel']);
  on.start();
  await on.check();
  const until = new Date(on.clock.now() + 86_400_000).toISOString();
  const granted = {
    type: 'BaselineExceptionGranted',
    object: rootObject,
    owner: 'u-1',
    reason: 'A test.',
    until,
  } as const;
  await on.streams.change(hardenings, on.id, sagaCause(on.id, 'test', 'granted'), () => [granted]);
  on.account.giveRoot('AccountPasswordPresent');
  await on.check();
  expect(await findings()).toEqual([]);
  expect(await root()).toBe('regained');
});
