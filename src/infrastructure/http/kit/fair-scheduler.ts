/**
 * Fair queueing of requests by tenant (round robin). All of them are served on one event loop, and Node hands over whatever has
 * come in before it looks again: without this, the one request of a tenant waits for every request that another has sent.
 */
import { Problem } from './problems.js';
import { waitHeaders } from './rate-headers.js';

/** How long a tenant may hold the loop in one turn of it before its other requests wait for the next. */
const sliceMs = 0.5;

/**
 * What is let in together in one turn of the loop weighs so much at most: sixteen changes, which share one wait for the disk,
 * four reads or strangers, which take about as long as a slice, or one page of a long read.
 */
const heaviest = 16;
const weights = { change: 1, read: 4, stranger: 4, page: 16 } as const;

/** What is to be let in: whose token is not known yet is a stranger, whatever they ask. */
type What = keyof typeof weights;

/**
 * So many requests may wait, of one tenant and of all: each keeps its headers meanwhile, up to 16 KB, so that all of them keep
 * no more than 32 MB. One tenant's are let in within a few hundred milliseconds. Strangers can come from as many addresses as
 * they like, and leave half of it to those who are known.
 */
const usualRoom = { ofTenant: 500, ofStrangers: 1_000, ofAll: 2_000 } as const;

type Room = { readonly [Of in keyof typeof usualRoom]: number };
const retrySeconds = 1;

interface Waiting {
  readonly goOn: () => void;
  readonly what: What;
  readonly isGone: () => boolean;
}

export class FairScheduler {
  /** When each tenant was let in first in this turn of the loop. */
  readonly #served = new Map<string, number>();
  /** What waits, by tenant; the tenant that comes next stands first. */
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #count = { ofStrangers: 0, ofAll: 0 };
  #scheduled = false;

  constructor(private readonly room: Room = usualRoom) {}

  /**
   * Resolves when a request of this tenant may go on; `undefined` where it may at once, so that nobody waits for a promise
   * while there is nobody else. What is let in must not be long without asking again. Throws the problem `rate-limited` or
   * `unavailable` where too many wait; pages are of reads that were let in and are refused nothing. One that `isGone` takes
   * nobody's turn; it goes on as well, and has to look by itself.
   */
  turn(tenant: string, what: What, isGone = never): Promise<void> | undefined {
    const waiting = this.#waiting.get(tenant);
    if (!waiting && this.#hasTime(tenant)) return undefined;
    if (what !== 'page') this.#requireRoom(what, waiting?.length ?? 0);
    return new Promise((goOn) => {
      const one = { goOn, what, isGone };
      if (waiting) waiting.push(one);
      else this.#waiting.set(tenant, [one]);
      this.#counted(what, 1);
      this.#schedule();
    });
  }

  /** How many requests wait. */
  get waiting(): number {
    return this.#count.ofAll;
  }

  #requireRoom(what: What, waiting: number): void {
    const { ofTenant, ofStrangers, ofAll } = this.room;
    if (waiting >= ofTenant) throw tooMany(ofTenant);
    if (this.#count.ofAll >= ofAll) throw full();
    if (what === 'stranger' && this.#count.ofStrangers >= ofStrangers) throw full();
  }

  #counted(what: What, by: number): void {
    this.#count.ofAll += by;
    if (what === 'stranger') this.#count.ofStrangers += by;
  }

  #hasTime(tenant: string): boolean {
    const now = performance.now();
    const since = this.#served.get(tenant);
    if (since !== undefined) return now - since < sliceMs;
    this.#served.set(tenant, now);
    this.#schedule();
    return true;
  }

  /** Node runs this after it has handed over what came in, and looks for more before it runs the next. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#next());
  }

  #next(): void {
    this.#scheduled = false;
    this.#served.clear();
    let letIn = 0;
    // A tenant of whom more waits is put behind the others, where this comes to it again.
    for (const [tenant, waiting] of this.#waiting) {
      this.#dropGone(waiting);
      const [next] = waiting;
      const weight = next ? weights[next.what] : 0;
      if (letIn > 0 && letIn + weight > heaviest) break;
      this.#waiting.delete(tenant);
      if (!next) continue;
      this.#letGo(waiting);
      if (waiting.length > 0) this.#waiting.set(tenant, waiting);
      this.#served.set(tenant, performance.now());
      letIn += weight;
    }
    if (letIn > 0) this.#schedule();
  }

  #dropGone(waiting: Waiting[]): void {
    while (waiting[0]?.isGone()) this.#letGo(waiting);
  }

  #letGo(waiting: Waiting[]): void {
    const next = waiting.shift();
    if (!next) return;
    this.#counted(next.what, -1);
    next.goOn();
  }
}

const never = (): boolean => false;

/** The connection ends with the answer: whoever sends like this would go on. */
function tooMany(most: number): Problem {
  const wrong = { field: 'request', problem: 'is one of too many that wait', allowed: `${most} at once` };
  const words = `${most} requests wait for their turn already, and no more are taken. Try again in a moment.`;
  return new Problem('rate-limited', words, [wrong], {}, { ...waitHeaders(most, retrySeconds), connection: 'close' });
}

const full = (): Problem =>
  new Problem(
    'unavailable',
    'Too many requests wait to be served; send the request again.',
    [],
    {},
    { 'retry-after': '5', connection: 'close' },
  );
