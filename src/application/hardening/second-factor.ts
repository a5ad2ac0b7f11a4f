/** A look at an account also notices the MFA device of the user that was handed over, once. */
import { deviceSeen } from '../../domain/provider/second-factor.js';
import type { Attempt } from '../ports/attempts.js';
import { AccountUnseen } from '../ports/hardening.js';
import { providers } from '../streams/aggregates.js';
import { sagaCause } from '../streams/causes.js';
import type { AccountInUse } from './account-in-use.js';
import type { KeepHardeningParts } from './hardening-parts.js';

/** While our own role is not as it should be nothing is seen through it; the next look asks again. */
function later(error: unknown): undefined {
  if (!(error instanceof AccountUnseen)) throw error;
}

/** Puts a device on record that is news; asks AWS only for as long as none is. */
export async function lookForDevice(
  { streams, hardening }: Pick<KeepHardeningParts, 'streams' | 'hardening'>,
  account: AccountInUse,
  attempt: Attempt,
): Promise<void> {
  const { providerId, withoutDevice: generation } = account;
  if (generation === undefined) return;
  const device = await hardening.aws.secondFactor(account, attempt).catch(later);
  if (!device) return;
  const cause = sagaCause(providerId, 'CheckHardening', `MfaEnrolled-${generation}`);
  await streams.change(providers, providerId, cause, (provider) => deviceSeen(device, generation, provider));
}
