/** When each account is looked at: once a day, in a minute of its own, so that the load is even and no start makes all due at once. */

export const dayMs = 86_400_000;
const minuteMs = 60_000;
const minutesADay = 1_440;

/** The minute of the day (UTC) in which a provider is looked at: from its id alone. Source of the hash: FNV-1a, 32 bits. */
export function minuteOf(providerId: string): number {
  let hash = 0x811c9dc5;
  for (const character of providerId) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) % minutesADay;
}

/** When that minute last began, at or before a time; milliseconds. */
export function lastMinuteOf(providerId: string, now: number): number {
  const today = Math.floor(now / dayMs) * dayMs + minuteOf(providerId) * minuteMs;
  return today <= now ? today : today - dayMs;
}

/** The day (UTC) of a time in milliseconds, such as `2026-11-24`. */
export const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);
