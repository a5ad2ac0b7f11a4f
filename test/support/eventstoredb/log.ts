/**
 * What an EventStoreDB of version 24.2 holds and answers, as far as a store's adapter can tell: positions like byte offsets, what
 * an append that is sent again comes to, and the size of an append. No network is in here.
 */

export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface Kept extends Proposed {
  readonly stream: string;
  readonly revision: number;
  /** Commit and prepare are one number; a byte offset on the server, so there are gaps. */
  readonly position: bigint;
  /** Milliseconds since the epoch. */
  readonly created: number;
}

export type Expected = number | 'no-stream' | 'any' | 'stream-exists';

export type Answer =
  | { readonly kind: 'stored'; readonly revision: number; readonly position: bigint }
  | { readonly kind: 'conflict'; readonly actual: number }
  | { readonly kind: 'too-large' };

export const mostAppendBytes = 1_048_576;

/** What a record takes beside its data, more or less; it makes the gaps. */
const recordBytes = 131n;

export class ServerLog {
  readonly all: Kept[] = [];
  readonly #streams = new Map<string, Kept[]>();
  readonly #hearers = new Set<() => void>();
  #next = 0n;

  constructor() {
    // A server has written of itself before anybody else comes.
    this.#add('$users', [{ id: '0', type: '$UsersInit', contentType: 'application/json', ...bytes('{}') }]);
  }

  /** A log as it is put back from a backup that held these events, in their order. */
  static restored(events: readonly Kept[]): ServerLog {
    const log = new ServerLog();
    log.all.splice(0);
    log.#streams.clear();
    for (const kept of events) {
      log.all.push(kept);
      log.#streams.set(kept.stream, [...log.of(kept.stream), kept]);
      log.#next = kept.position + recordBytes + BigInt(kept.data.length + kept.metadata.length);
    }
    return log;
  }

  of(stream: string): readonly Kept[] {
    return this.#streams.get(stream) ?? [];
  }

  /** Called after each append, until the answer is called. */
  heard(hear: () => void): () => void {
    this.#hearers.add(hear);
    return () => this.#hearers.delete(hear);
  }

  /** How many subscriptions hear of appends. */
  listening(): number {
    return this.#hearers.size;
  }

  /** Those that are open hear of nothing any more, and are not told so. */
  deafen(): void {
    this.#hearers.clear();
  }

  append(stream: string, expected: Expected, events: readonly Proposed[]): Answer {
    if (sizeOf(events) > mostAppendBytes) return { kind: 'too-large' };
    const end = this.of(stream).length - 1;
    const at = placeOf(expected, end, this.of(stream), events);
    if (at === undefined) return { kind: 'conflict', actual: end };
    if (at < end || events.length === 0) return this.#repeated(stream, at, events, end);
    const last = this.#add(stream, events);
    return { kind: 'stored', revision: last.revision, position: last.position };
  }

  /** The same ids at the same place are taken for a repeat, whatever their data say; anything else is a conflict. */
  #repeated(stream: string, at: number, events: readonly Proposed[], end: number): Answer {
    const there = this.of(stream).slice(at + 1, at + 1 + events.length);
    // An empty append to a stream that is not there is answered as if it had been stored.
    if (events.length === 0 && at === end) return { kind: 'stored', revision: Math.max(end, 0), position: this.#next };
    const last = there.at(-1);
    if (!last || there.length < events.length || there.some(({ id }, i) => id !== events[i]?.id))
      return { kind: 'conflict', actual: end };
    return { kind: 'stored', revision: last.revision, position: last.position };
  }

  #add(stream: string, events: readonly Proposed[]): Kept {
    const kept = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, kept);
    let last: Kept | undefined;
    for (const event of events) {
      last = { ...event, stream, revision: kept.length, position: this.#next, created: Date.now() };
      this.#next += recordBytes + BigInt(event.data.length + event.metadata.length);
      kept.push(last);
      this.all.push(last);
    }
    if (!last) throw new Error('an append of nothing is not added');
    for (const hear of this.#hearers) hear();
    return last;
  }

  /** The index of the first event at or after a position. */
  indexAt(position: bigint): number {
    let [low, high] = [0, this.all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.all[middle]?.position ?? 0n) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const bytes = (text: string) => ({ data: Buffer.from(text), metadata: Buffer.from('{}') });

const sizeOf = (events: readonly Proposed[]): number =>
  events.reduce((sum, { data, metadata, type }) => sum + data.length + metadata.length + type.length, 0);

/** The revision after which the events would come; `undefined` when the stream is not as expected. */
function placeOf(
  expected: Expected,
  end: number,
  there: readonly Kept[],
  events: readonly Proposed[],
): number | undefined {
  if (expected === 'stream-exists') return end < 0 ? undefined : end;
  if (expected === 'any') {
    const known = there.findIndex(({ id }) => id === events[0]?.id);
    return known < 0 ? end : known - 1;
  }
  const at = expected === 'no-stream' ? -1 : expected;
  return at > end ? undefined : at;
}
