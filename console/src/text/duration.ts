/** Spans of time. */
export const unitsText = { second: 's', minute: 'min', hour: 'h', day: 'd' } as const;

/** Guesses that do not pretend to be exact. */
export const guessesText = {
  few: 'a few seconds',
  seconds: (count: number) => `about ${count} seconds`,
  minutes: (count: number) => `about ${count} minutes`,
  hours: (count: number) => `about ${count} hours`,
} as const;
