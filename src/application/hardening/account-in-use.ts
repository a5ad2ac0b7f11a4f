/** The account of a provider that its customer works in. */
import { endOf } from '../../domain/provider/account-state.js';
import type { RootState } from '../../domain/provider/root-state.js';
import { generationWithoutDevice } from '../../domain/provider/second-factor.js';
import { type Provider, underneath } from '../../domain/provider/stages.js';
import type { AccountWork } from '../ports/ensures.js';
import { providers } from '../streams/aggregates.js';
import type { Streams } from '../streams/streams.js';

export interface AccountInUse extends AccountWork {
  /** The generation of credentials with which no MFA device has been seen yet; `undefined` where none is looked for. */
  readonly withoutDevice: number | undefined;
  /** What is known of root's credentials. */
  readonly root: RootState;
}

/** Nobody waits for an account that cannot be used; a fact about it wakes whoever looks. */
export const restUntilInUseMs = 3_600_000;

/** The account, once its customer can work in it and for as long as it lives; `undefined` otherwise. */
export async function accountInUse(
  streams: Pick<Streams, 'load'>,
  providerId: string,
): Promise<AccountInUse | undefined> {
  return inUse(providerId, (await streams.load(providers, providerId)).state);
}

/** The same of a provider that is known. A step that has halted after the hand-over leaves the account in use. */
export function inUse(providerId: string, provider: Provider): AccountInUse | undefined {
  const known = underneath(provider);
  if (known.stage !== 'active' || endOf(known.accountState)) return undefined;
  const { accountId, payerId, wayIn, root } = known;
  return { providerId, accountId, payerId, wayIn, withoutDevice: generationWithoutDevice(provider), root };
}
