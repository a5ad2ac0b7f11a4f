/** A look at an account notices the MFA device of the user that was handed over, once, and again after a reset. */
import { DeactivateMFADeviceCommand, DeleteVirtualMFADeviceCommand } from '@aws-sdk/client-iam';
import { afterEach, expect, test } from '@jest/globals';
import { providers } from '../../../../src/application/streams/aggregates.js';
import { sagaCause } from '../../../../src/application/streams/causes.js';
import type { ProviderEvent } from '../../../../src/domain/provider/events.js';
import { enrolMfa } from '../../../support/mfa.js';
import { claimed, credentialsIssued, reissued } from '../../../support/story.js';
import { type Held, openHeld } from './held.js';

let on: Held;
afterEach(() => on.close());

const iam = () => on.account.clients.iam;
const UserName = 'administrator';
const happened = (...events: readonly ProviderEvent[]) =>
  on.streams.change(providers, on.id, sagaCause(on.id, 'test', String(on.clock.now())), () => events);

test('a device is told once, by its kind alone, and after a reset the next one is told again', async () => {
  on = await openHeld(['AutomationAccess', 'AccessModel']);
  await happened(claimed());
  on.start();
  await on.check();
  expect(on.factsOf('MfaEnrolled')).toEqual([]);
  const { SerialNumber } = await enrolMfa(iam(), on.clock.now());
  await on.check();
  await on.check();
  expect(on.factsOf('MfaEnrolled')).toEqual([{ type: 'MfaEnrolled', generation: 1, device: 'virtual' }]);
  await iam().send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }));
  await iam().send(new DeleteVirtualMFADeviceCommand({ SerialNumber }));
  await happened(reissued(2, true), credentialsIssued(2));
  await on.check();
  await enrolMfa(iam(), on.clock.now());
  await on.check();
  expect(on.factsOf('MfaEnrolled').map(({ generation }) => generation)).toEqual([1, 2]);
  expect(on.factsOf('DriftDetected')).toEqual([]);
});
