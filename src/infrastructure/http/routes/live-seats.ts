/** Places for live connections: so many in all, for one caller and for one organization, so that nobody takes those of others. */
import type { Caller } from '../../../application/authorization/identity.js';
import type { LiveLimits } from '../kit/live-limits.js';
import { Problem } from '../kit/problems.js';
import { waitHeaders } from '../kit/rate-headers.js';
import { organizationOf } from '../kit/tenant.js';

const retrySeconds = 5;

/** No further connection can be served, whoever asks. */
export const noMore = (): Problem =>
  new Problem('unavailable', 'No further live connection can be served now.', [], {}, { 'retry-after': '5' });

export class Seats {
  readonly #taken = new Map<string, number>();

  constructor(private readonly limits: LiveLimits) {}

  /** Throws a problem where no place is left. */
  require(caller: Caller): void {
    const { mostOpen, mostOpenPerCaller, mostOpenPerOrganization } = this.limits;
    const [all, mine, ours] = keysOf(caller);
    if (this.#count(all) >= mostOpen) throw noMore();
    if (this.#count(mine) >= mostOpenPerCaller) throw tooMany('You have', mostOpenPerCaller);
    if (this.#count(ours) >= mostOpenPerOrganization) throw tooMany('Your organization has', mostOpenPerOrganization);
  }

  /** Takes a place and answers with the way to give it back; throws a problem where none is left. */
  take(caller: Caller): () => void {
    this.require(caller);
    for (const key of keysOf(caller)) this.#taken.set(key, this.#count(key) + 1);
    return () => {
      for (const key of keysOf(caller)) this.#leave(key);
    };
  }

  #count(key: string | undefined): number {
    return this.#taken.get(key ?? '') ?? 0;
  }

  #leave(key: string): void {
    const left = this.#count(key) - 1;
    if (left > 0) this.#taken.set(key, left);
    else this.#taken.delete(key);
  }
}

/** What a place counts for. It is written out each time, because a place is kept for long. */
function keysOf(caller: Caller): readonly [string, string, ...string[]] {
  const organization = organizationOf(caller);
  const ours = organization === undefined ? [] : [`organization ${organization}`];
  return ['all', `caller ${caller.actor}`, ...ours];
}

function tooMany(who: string, most: number): Problem {
  const wrong = { field: 'request', problem: 'is one live connection too many', allowed: `${most} at once` };
  const words = `${who} ${most} live connections open, and no more are served at once. Close one, or try again.`;
  return new Problem('rate-limited', words, [wrong], {}, waitHeaders(most, retrySeconds));
}
