/** How long to wait before the same thing is tried again: the one rule for it in this program. */

interface BackOff {
  readonly firstMs: number;
  readonly longestMs: number;
}

const usual: BackOff = { firstMs: 1_000, longestMs: 60_000 };

/** More doublings than any limit needs, few enough for a number to hold. */
const doublingsAtMost = 20;

/** Milliseconds after so many tries: doubling from the first to the longest wait, jittered by `random` (0…1). */
export function backOffMs(tries: number, random: () => number, { firstMs, longestMs } = usual): number {
  return jitteredMs(Math.min(longestMs, firstMs * 2 ** Math.min(tries, doublingsAtMost)), random);
}

/** A wait of which half is fixed and half is left to chance, so that many who wait do not come back together. */
export const jitteredMs = (ms: number, random: () => number): number => Math.round(ms / 2 + (ms / 2) * random());

/** The same for what is to be looked at so often on average: between two thirds and four thirds of this time. */
export const aroundMs = (ms: number, random: () => number): number => jitteredMs((ms * 4) / 3, random);
