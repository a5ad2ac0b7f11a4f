/** How often it is looked whether credentials were taken over by their customer. */

const shortestMs = 2_000;
const longestMs = 5 * 60_000;

/**
 * How long may pass between two looks at credentials that were issued or shown so long ago, in milliseconds: a thirtieth
 * of it, because who has not come for hours will hardly come within the minute.
 */
export const restBetweenLooksMs = (ageMs: number): number =>
  Math.max(shortestMs, Math.min(longestMs, Math.round(ageMs / 30)));
