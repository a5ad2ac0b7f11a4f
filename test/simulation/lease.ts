/** The lease of a run with several workers: a stream that all of them append to, and what goes wrong on the way there. */
import { type Lease, type LeaseParts, leaseTimes, openLease } from '../../src/infrastructure/event-store/lease.js';
import { LeaseMoved, type LeaseStream } from '../../src/infrastructure/event-store/lease-stream.js';
import { type Around, gate, type Mortal } from './border.js';

const leaseSeconds = 30;
/** Until it is clear who holds it when nothing goes wrong any more. */
export const leaseSettlesMs = 2 * leaseSeconds * 1_000;
const shortestMs = 5_000;
const longestMs = 120_000;

/** The stream as it lies on the server. */
export class LeaseLog {
  readonly #events: { readonly type: string; readonly id: string }[] = [];

  last = (): { readonly revision: number; readonly type: string } | undefined => {
    const last = this.#events.at(-1);
    return last && { revision: this.#events.length - 1, type: last.type };
  };

  append(after: number, type: string, id: string): number {
    const revision = after + 1;
    if (this.#events[revision]?.id === id) return revision;
    if (this.#events.length !== revision) throw new LeaseMoved(this.#events.length - 1);
    this.#events.push({ type, id });
    return revision;
  }
}

interface Leased extends Around {
  readonly leaseLog: LeaseLog;
  /** Whether whoever is silent is followed by another, as it must be. */
  readonly takenOver: boolean;
  tell(line: string): void;
}

/** Opens the lease for one life of a worker. */
export function leaseOf(on: Leased, who: Mortal): Promise<Lease> {
  const times = leaseTimes(leaseSeconds);
  const parts: LeaseParts = {
    ...troubled(on, who),
    times: on.takenOver ? times : { ...times, takeAfterMs: Number.POSITIVE_INFINITY },
    changed: (held) => on.tell(`${who.name} ${held ? 'holds' : 'no longer holds'} the lease`),
  };
  return openLease(parts);
}

/**
 * A worker that is cut off can neither renew the lease nor learn who has it. One whose clock stands still, as that of a machine
 * which was suspended, believes meanwhile that it holds it, while another has taken it over.
 */
function troubled(on: Leased, who: Mortal): { readonly stream: LeaseStream; readonly now: () => number } {
  const { time, chance, troubles, leaseLog } = on;
  let cutOffUntil = 0;
  let still: { readonly at: number; readonly until: number } | undefined;
  const now = (): number => (still && time.now < still.until && !troubles.over ? still.at : time.now);
  async function crossing<T>(what: string, work: () => T): Promise<T> {
    await gate(on, who, `before the lease is ${what}`);
    const until = time.now + chance.between(shortestMs, longestMs);
    if (troubles.strike('lease cut off', who.name)) cutOffUntil = until;
    if (troubles.strike('lease held twice', who.name)) {
      still = { at: now(), until };
      cutOffUntil = until;
    }
    if (time.now < cutOffUntil && !troubles.over) throw new Error('The lease cannot be reached.');
    const answer = work();
    if (troubles.strike('append unknown', `${who.name} lease`))
      throw new Error('The connection broke before it answered.');
    return answer;
  }
  return {
    now,
    stream: {
      last: () => crossing('looked at', leaseLog.last),
      append: (after, type, id) => crossing('appended to', () => leaseLog.append(after, type, id)),
    },
  };
}
