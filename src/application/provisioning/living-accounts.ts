/** What AWS says of the accounts of active providers goes on record, and nothing is handed out for one that is gone. */
import { endOf, observed } from '../../domain/provider/account-state.js';
import type { Moving } from '../../domain/provider/stages.js';
import { Refusal } from '../../domain/refusal.js';
import type { Dependencies } from '../dependencies.js';
import { providers } from '../streams/aggregates.js';
import { sagaCause } from '../streams/causes.js';

/** Records the state of an account, by AWS's word, where it is news. */
export async function noteAccountState(
  { streams }: Pick<Dependencies, 'streams'>,
  providerId: string,
  state: string,
): Promise<void> {
  const cause = sagaCause(providerId, 'ObserveAccount', state);
  await streams.change(providers, providerId, cause, (provider) => observed(state, provider));
}

/** Throws a refusal where the account is closed or suspended; AWS is asked, and where it does not say what is on record counts. */
export async function requireLivingAccount(
  on: Pick<Dependencies, 'streams' | 'accountStates'>,
  providerId: string,
  active: Extract<Moving, { stage: 'active' }>,
): Promise<void> {
  const state = (await on.accountStates.look(active)) ?? active.accountState;
  if (state !== active.accountState) await noteAccountState(on, providerId, state);
  const end = endOf(state);
  if (end) throw new Refusal('wrong-stage', end.words, [], { reason: end.reason });
}
