/** An MFA device of the handed-over user goes on record once, and once more after it was reset. */
import { expect, test } from '@jest/globals';
import { rootProbeOf, rootStateOf } from '../../../src/domain/provider/root-state.js';
import { record } from '../../../src/domain/provider/saga.js';
import { deviceSeen, generationWithoutDevice } from '../../../src/domain/provider/second-factor.js';
import { fold } from '../../support/given.js';
import * as s from '../../support/story.js';

const enrolled = s.mfaEnrolled();
const claimed = [...s.active, s.claimed()];

test('a device is news once', () => {
  expect(generationWithoutDevice(fold(claimed))).toBe(1);
  expect(deviceSeen('virtual', 1, fold(claimed))).toEqual([enrolled]);
  const after = fold([...claimed, enrolled]);
  expect(after).toMatchObject({ stage: 'active', secondFactor: 'virtual' });
  expect(generationWithoutDevice(after)).toBeUndefined();
  expect(deviceSeen('hardware', 1, after)).toEqual([]);
});

test('it is noticed before the claim as well, and the claim is owed still', () => {
  expect(record('SettleCredentials', enrolled, fold(s.active))).toEqual([enrolled]);
  const after = fold([...s.active, enrolled]);
  expect(record('SettleCredentials', enrolled, after)).toEqual([]);
  expect(record('SettleCredentials', s.claimed(), after)).toEqual([s.claimed()]);
});

test('a reset makes it possible again, once the new password is issued; a reissue without one leaves it on record', () => {
  const kept = fold([...claimed, enrolled, s.reissued(2), s.credentialsIssued(2)]);
  expect(deviceSeen('virtual', 2, kept)).toEqual([]);
  const resetting = [...claimed, enrolled, s.reissued(2, true)];
  expect(generationWithoutDevice(fold(resetting))).toBeUndefined();
  expect(deviceSeen('virtual', 2, fold(resetting))).toEqual([]);
  const again = fold([...resetting, s.credentialsIssued(2)]);
  expect(deviceSeen('virtual', 2, again)).toEqual([s.mfaEnrolled(2)]);
});

test('what was seen of an earlier generation means nothing now', () => {
  const again = fold([...claimed, s.reissued(2, true), s.credentialsIssued(2)]);
  expect(deviceSeen('virtual', 1, again)).toEqual([]);
  expect(record('SettleCredentials', enrolled, again)).toEqual([]);
});

test('nothing is looked for before the hand-over; under a halt after it, a device counts as well', () => {
  expect(generationWithoutDevice(fold(s.proven))).toBeUndefined();
  const halted = [...s.active, s.halted('SettleCredentials')];
  expect(deviceSeen('virtual', 1, fold(halted))).toEqual([enrolled]);
  expect(fold([...halted, enrolled])).toMatchObject({ stage: 'halted', from: { secondFactor: 'virtual' } });
});

test('an account is rootless where a probe has said so, and unknown where none was asked', () => {
  expect(rootStateOf(['iam', rootProbeOf([])])).toBe('rootless');
  expect(rootStateOf(['iam', rootProbeOf(['a password', 'access keys'])])).toBe('has-credentials');
  expect(rootStateOf(['account-active'])).toBe('not-probed');
  const ready = fold([...s.created, s.payerLinked, { type: 'AccountReady', probes: ['rootless'] }]);
  expect(ready).toMatchObject({ stage: 'ready', root: 'rootless' });
});
