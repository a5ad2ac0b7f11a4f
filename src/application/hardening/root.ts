/** A look at an account also notices what root can sign in with, and tells where root has credentials again. */
import { exceptionsInForce } from '../../domain/hardening/exceptions.js';
import { type Finding, findingOfRoot, rootObject } from '../../domain/hardening/findings.js';
import type { Hardening } from '../../domain/hardening/hardening.js';
import { rootSeen } from '../../domain/provider/root-observed.js';
import { rootStateAfter } from '../../domain/provider/root-state.js';
import type { Attempt } from '../ports/attempts.js';
import { AccountUnseen } from '../ports/hardening.js';
import { providers } from '../streams/aggregates.js';
import { sagaCause } from '../streams/causes.js';
import type { AccountInUse } from './account-in-use.js';
import type { KeepHardeningParts } from './hardening-parts.js';

/** Puts what is news of root on record, and answers with what is found of it; what cannot be seen stays as it was found. */
export async function lookAtRoot(
  { streams, hardening }: Pick<KeepHardeningParts, 'streams' | 'hardening'>,
  account: AccountInUse,
  known: Hardening,
  attempt: Attempt,
): Promise<readonly Finding[]> {
  const { providerId, root } = account;
  let credentials: readonly string[];
  try {
    credentials = await hardening.aws.rootCredentials(account, attempt);
  } catch (error) {
    if (!(error instanceof AccountUnseen)) throw error;
    return known.findings.filter(({ object }) => object === rootObject);
  }
  const after = rootStateAfter(root, credentials);
  const cause = sagaCause(providerId, 'CheckHardening', `RootStateObserved-${after}`);
  if (after !== root) await streams.change(providers, providerId, cause, (provider) => rootSeen(credentials, provider));
  const isExcepted = exceptionsInForce(known, new Date(attempt.now).toISOString()).has(rootObject);
  return after === 'regained' && !isExcepted ? [findingOfRoot(credentials)] : [];
}
