/** One day of looks at the accounts of one payer, as evidence that the hardening held. */
import { requireType } from '../foreign-event.js';
import { checkedSince } from './hardening.js';

export type HardeningRoundCompleted = {
  readonly type: 'HardeningRoundCompleted';
  readonly payerId: string;
  /** UTC, such as `2026-11-24`. */
  readonly day: string;
  /** How many accounts were looked at; those that had drifted and those that could not be seen are counted in it too. */
  readonly checked: number;
  readonly drifted: number;
  readonly failed: number;
  /** Ids of providers in use that nobody looked at; so many at most, since a service that stood still reached none. */
  readonly notReached: readonly string[];
  /** How many more there are. */
  readonly furtherNotReached: number;
};
export type RoundEvent = HardeningRoundCompleted;

export type Round =
  | { readonly state: 'open' }
  | ({ readonly state: 'completed'; readonly at: string } & Omit<HardeningRoundCompleted, 'type'>);

export const openRound: Round = { state: 'open' };

/** A round is a payer's day. */
export const roundId = (payerId: string, day: string): string => `${payerId}-${day}`;

/** The payer and the day that an id stands for. */
export const roundOf = (id: string): { readonly payerId: string; readonly day: string } => ({
  payerId: id.slice(0, -11),
  day: id.slice(-10),
});

/** Once its day is over a round is owed, once. */
export const owedRound = (round: Round) =>
  round.state === 'open' ? [{ step: 'CompleteRound', since: checkedSince, deadline: undefined } as const] : [];

/** The outcome of a round that is still open. */
export const recordRound = (outcome: RoundEvent, round: Round): readonly RoundEvent[] =>
  round.state === 'open' ? [outcome] : [];

export function evolveRound(_round: Round, event: RoundEvent, at: string): Round {
  requireType(event, 'HardeningRoundCompleted');
  const { type: _type, ...round } = event;
  return { state: 'completed', at, ...round };
}
