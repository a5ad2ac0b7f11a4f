/** How long to wait before the same thing is tried again. */

const firstMs = 1_000;
const longestMs = 60_000;

/** Milliseconds after so many tries: doubling from a second to a minute, with half of it left to chance (`random` in 0…1). */
export function backOffMs(tries: number, random: () => number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(tries, 10));
  return Math.round(full / 2 + (full / 2) * random());
}
