/** The headers that tell how much of a limit is left, and when there is more. */

interface Left {
  readonly limit: number;
  readonly remaining: number;
  /** Until there is more. */
  readonly seconds: number;
}

/** Of a call that was allowed. */
export const rateHeaders = ({ limit, remaining, seconds }: Left): Readonly<Record<string, string>> => ({
  'ratelimit-limit': String(limit),
  'ratelimit-remaining': String(remaining),
  'ratelimit-reset': String(seconds),
});

/** Of a call that was one too many. */
export const waitHeaders = (limit: number, seconds: number): Readonly<Record<string, string>> => ({
  'retry-after': String(seconds),
  ...rateHeaders({ limit, remaining: 0, seconds }),
});
