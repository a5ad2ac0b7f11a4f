/** Watches a temporary password until the customer has changed it, or takes it away when its time is over. */

import type { Attempt } from '../../../application/ports/attempts.js';
import type { Ensure, SettleWork, StepResult } from '../../../application/ports/ensures.js';
import { jitteredMs } from '../../../application/processes/back-off.js';
import { restBetweenLooksMs } from '../../../domain/provider/settling.js';
import { fact, later, patiently } from '../calls/step-results.js';
import { enrolledDevice } from './enrolled-device.js';
import type { CredentialsParts } from './issue-credentials.js';
import { deletePassword, passwordState, secretName } from './login-profile.js';

/** Right after a reissue IAM may still answer with the password before it, which was chosen by the customer. */
const reissueSettlesMs = 10_000;
/** How long IAM may not know yet the password it has just made. */
const profileSettlesMs = 120_000;

/**
 * Says that the password was claimed, first with which device if there is one, or that it expired; its secret is destroyed before either is said.
 * Safe to repeat: a secret may be destroyed twice and a password deleted twice.
 * Source: IAM API, GetLoginProfile, ListMFADevices and DeleteLoginProfile.
 */
export function settleCredentials(parts: CredentialsParts): Ensure<SettleWork> {
  const { access, vault } = parts;
  const settled = async (work: SettleWork, type: 'CredentialsClaimed' | 'CredentialsExpired'): Promise<StepResult> => {
    await vault.destroy(secretName(work.providerId), work.generation);
    return fact({ type, generation: work.generation });
  };
  return patiently(async (work, attempt) => {
    const { iam } = access.account(work, 'automation');
    const expiresAt = Date.parse(work.expiresAt);
    const age = attempt.now - Date.parse(work.issuedAt);
    const state = await passwordState(iam, attempt.signal);
    if (state === 'chosen' && (work.generation === 1 || age >= reissueSettlesMs)) {
      // Whoever enrolled a device at the first sign-in is on record with it before nothing is owed any more.
      const device = work.mfaSeen ? undefined : await enrolledDevice(iam, attempt.signal);
      if (device) return fact({ type: 'MfaEnrolled', generation: work.generation, device });
      return settled(work, 'CredentialsClaimed');
    }
    if (attempt.now >= expiresAt) return (await expire(parts, work, attempt)) ?? settled(work, 'CredentialsExpired');
    // Somebody else took the password away: what the vault keeps opens nothing any more.
    if (state === 'none' && age >= profileSettlesMs) return settled(work, 'CredentialsExpired');
    return later(Math.max(1, Math.min(lookAgainMs(work, attempt), expiresAt - attempt.now)));
  });
}

/** Takes the password away, unless it has been replaced already: then this worker has not heard of it yet. */
async function expire(
  { access, vault, strays }: CredentialsParts,
  work: SettleWork,
  attempt: Attempt,
): Promise<StepResult | undefined> {
  const next = await vault.get(secretName(work.providerId), work.generation + 1);
  if (next.state !== 'absent') return later(lookAgainMs(work, attempt));
  const { iamOnce } = access.account(work, 'automation');
  await strays.watch(work.accountId, attempt.now, () => deletePassword(iamOnce, attempt.signal));
  return undefined;
}

/** Often in the first minutes after issue and after each reveal, then ever more seldom; jittered, so that looks stay apart. */
function lookAgainMs({ issuedAt }: SettleWork, { now, nudgedAt = 0 }: Attempt): number {
  return jitteredMs(restBetweenLooksMs(now - Math.max(Date.parse(issuedAt), nudgedAt)), Math.random);
}
