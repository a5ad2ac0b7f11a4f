/** About how many providers of one payer AWS decides otherwise than it should, by row of the live proof. */
import { requireType } from './foreign-event.js';

export type LiveProofFailed = {
  readonly type: 'LiveProofFailed';
  readonly providerId: string;
  /** The rows, by name, in which this provider is counted now. */
  readonly rows: readonly string[];
  /** Since when (ISO) the payer vends; absent while it was never paused. Each time the count begins anew. */
  readonly since?: string | undefined;
};
export type ProofEvent = LiveProofFailed;

/** Who was counted in each row, since the payer vends. */
export interface WrongProofs {
  readonly since?: string | undefined;
  readonly providers: Readonly<Record<string, readonly string[]>>;
}

export const noWrongProofs: WrongProofs = { providers: {} };

/** So many providers wrong in one row are no fault of a single account. */
export const wrongUntilPaused = 3;

/** A provider whose proof came out wrong in these rows; `since` is when its payer was resumed last, absent while it is paused or never was. */
interface Wrong {
  readonly providerId: string;
  readonly rows: readonly string[];
  readonly since: string | undefined;
  /** ISO time at which AWS was asked. */
  readonly provedAt: string;
  /** The payer's `since` when the provider was assigned to it, where there was one. */
  readonly assignedUnder: string | undefined;
}

/**
 * The fact that a provider is counted: once in each row, and in none that has come to its number. What AWS was asked before
 * the last resume says nothing about what a person has mended since, so that it is not counted.
 */
export function countWrong(
  { providerId, rows, since, ...asked }: Wrong,
  counted: WrongProofs,
): readonly LiveProofFailed[] {
  // Whoever has not heard of the last resume yet must not take the count back behind it.
  const isOlder = since === undefined || (counted.since !== undefined && since < counted.since);
  const from = isOlder ? counted.since : since;
  if (wasAskedBefore(from, asked)) return [];
  const news = rows.filter((row) => {
    const providers = from === counted.since ? (counted.providers[row] ?? []) : [];
    return providers.length < wrongUntilPaused && !providers.includes(providerId);
  });
  if (news.length === 0) return [];
  return [{ type: 'LiveProofFailed', providerId, rows: news, ...(from === undefined ? {} : { since: from }) }];
}

/** Clocks may be apart, so what was assigned under a resume was asked after it, whatever they say. */
const wasAskedBefore = (
  from: string | undefined,
  { provedAt, assignedUnder }: Pick<Wrong, 'provedAt' | 'assignedUnder'>,
) => from !== undefined && assignedUnder !== from && provedAt < from;

/** The first of these rows in which enough providers were wrong, if there is one. */
export const repeatedIn = (rows: readonly string[], { providers }: WrongProofs): string | undefined =>
  rows.find((row) => (providers[row]?.length ?? 0) >= wrongUntilPaused);

export function evolveProofs(counted: WrongProofs, event: ProofEvent): WrongProofs {
  requireType(event, 'LiveProofFailed');
  const { providerId, rows, since } = event;
  const before = since === counted.since ? counted.providers : {};
  const added = rows.map((row) => [row, [...(before[row] ?? []), providerId]] as const);
  return { ...(since === undefined ? {} : { since }), providers: { ...before, ...Object.fromEntries(added) } };
}
