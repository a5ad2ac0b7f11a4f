/** Replaces the password for a reissue, and hands it out only once nothing that was sent before can undo it. */
import type { Attempt } from '../../../application/ports/attempts.js';
import type { CredentialsWork, StepResult } from '../../../application/ports/ensures.js';
import type { Vault } from '../../../application/ports/vault.js';
import type { AwsAccess } from '../calls/clients.js';
import { delayed, later, waitMs } from '../calls/step-results.js';
import { type StrayRequests, strayLifeMs } from '../calls/stray-requests.js';
import { removeMfaDevices } from './administrator.js';
import { createPassword, passwordState, replacePassword, secretName } from './login-profile.js';

export interface ReissueParts {
  readonly access: AwsAccess;
  readonly vault: Vault;
  readonly strays: StrayRequests;
}

const settling =
  'The new password is set. It is shown once no earlier request can arrive at AWS any more, which takes some minutes.';

/**
 * Sets the vault's value; answers with what still has to be waited for, or nothing when it may be handed out.
 * A late UpdateLoginProfile or DeleteLoginProfile would undo the password that the customer chooses next, and IAM has no
 * way to make it fail. So the vault notes when the value was set: after that no worker sends another, and what was sent
 * before is dead once its signature is. Where it is known that there is no stray, none of this takes time.
 * Source: IAM API, UpdateLoginProfile, DeleteLoginProfile; docs/decisions/late-requests.md.
 */
export async function reissuePassword(
  { access, vault, strays }: ReissueParts,
  work: CredentialsWork,
  password: string,
  { now, signal, tries }: Attempt,
): Promise<StepResult | undefined> {
  const { iam, iamOnce } = access.account(work, 'automation');
  const { accountId, generation } = work;
  const note = await vault.get(noteName(work), generation);
  if (note.state !== 'kept') {
    await strays.watch(accountId, now, async () => {
      if (work.resetMfa) await removeMfaDevices(iamOnce, accountId, signal);
      await replacePassword(iamOnce, password, signal);
    });
    if (!strays.none(work, now)) {
      const noted = await vault.putIfAbsent(noteName(work), generation, String(now));
      return stillSettling(noted.state === 'kept' ? Number(noted.value) : now, now);
    }
  } else if (now < Number(note.value) + strayLifeMs) return stillSettling(Number(note.value), now);
  const state = await passwordState(iam, signal);
  if (state === 'temporary') {
    // One that was never claimed opens nothing any more, and is to be shown to nobody any more.
    await vault.destroy(secretName(work.providerId), generation - 1);
    return undefined;
  }
  // A late request has taken it away; making one never replaces another.
  if (state === 'none') await createPassword(iam, password, signal);
  // An older answer of IAM would look as if the customer had claimed what nobody has seen yet.
  return later(waitMs(tries));
}

const stillSettling = (setAt: number, now: number): StepResult =>
  delayed('password-settling', settling, Math.max(1, setAt + strayLifeMs - now));

/** No secret, but the one place that all workers share and that answers at once. */
const noteName = ({ providerId }: CredentialsWork): string => `reissued/${providerId}`;
