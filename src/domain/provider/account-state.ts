/** Whether the account of a provider lives, by AWS's word for its state. */
import { paceFrom } from './carry-over.js';
import type { AccountStateObserved, ProviderEvent } from './events.js';
import { type Moving, type Provider, underneath } from './stages.js';

/** Why nothing can be done in an account, for customers; the reason is a stable code. */
export interface AccountEnd {
  readonly kind: 'closed' | 'suspended';
  readonly reason: 'account-closed' | 'account-suspended';
  readonly words: string;
}

export const livingState = 'ACTIVE';

const closed = (words: string): AccountEnd => ({ kind: 'closed', reason: 'account-closed', words });

/**
 * By AWS's word. A closed account can be reopened within 90 days; a suspended one is alive and restricted, still bills, and
 * comes back once AWS lifts that. Source: Organizations guide, monitor the state of your AWS accounts.
 */
export const accountEnds = {
  PENDING_CLOSURE: closed('The AWS account is being closed. AWS Support can reopen it within 90 days.'),
  CLOSED: closed('The AWS account is closed. AWS Support can reopen it within 90 days of its closing.'),
  SUSPENDED: {
    kind: 'suspended',
    reason: 'account-suspended',
    words: 'AWS has suspended the account. The reseller must clear that up with AWS Support, which can lift it.',
  },
} as const satisfies Readonly<Record<string, AccountEnd>>;

/** Why nothing can be done in an account of this state; `undefined` where it lives. */
export const endOf = (state: string): AccountEnd | undefined =>
  Object.entries(accountEnds).find(([name]) => name === state)?.[1];

/** The fact that AWS says this of the account, where it is news: only of an active provider, whose steps do not ask. */
export function observed(state: string, provider: Provider): ProviderEvent[] {
  const known = underneath(provider);
  const isNews = known.stage === 'active' && known.accountState !== state;
  return isNews && (state === livingState || endOf(state)) ? [{ type: 'AccountStateObserved', state }] : [];
}

/** The provider after that fact, or `undefined` when it does not fit. What is owed again is owed from now on. */
export function evolveAccountState(
  provider: Provider,
  { state: accountState }: AccountStateObserved,
  at: string,
): Provider | undefined {
  const after = (active: Extract<Moving, { stage: 'active' }>) => ({ ...active, accountState, ...paceFrom(at) });
  if (provider.stage === 'active') return after(provider);
  if (provider.stage === 'halted' && provider.from.stage === 'active')
    return { ...provider, from: after(provider.from) };
  return undefined;
}
