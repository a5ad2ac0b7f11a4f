/** Sums over the periods of statistics. */

interface WithHalts {
  readonly halts: Readonly<Record<string, unknown>>;
}

/** Each reason with how often it halted something, the most frequent first. */
export function haltsIn(periods: readonly WithHalts[]): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const { halts } of periods)
    for (const [reason, count] of Object.entries(halts)) sums.set(reason, (sums.get(reason) ?? 0) + Number(count));
  return [...sums].sort(([one, few], [other, many]) => many - few || one.localeCompare(other, 'en'));
}
