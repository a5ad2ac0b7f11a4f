/** How fast one payer may be asked: after throttling or a fault, each operation rests for longer and longer, up to a minute. */
import { backOffMs } from '../../../application/processes/back-off.js';
import { type Classified, classify, type ErrorKind } from './errors.js';
import { readError } from './read-error.js';

/** Thrown instead of a call while its operation rests; it reads like AWS's own throttling and was never sent. */
export class Resting extends Error {
  override readonly name = 'Throttled';
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId?: string };

  constructor(
    readonly restMs: number,
    operation: string,
    /** What made the operation rest, */
    readonly because: Classified,
    /** and the error itself. */
    readonly met: unknown,
  ) {
    const { kind, code, requestId } = because;
    const what =
      kind === 'unreachable' ? `no connection came about (${readError(met).code || code})` : `AWS answered ${code}`;
    super(`${operation} rests for ${Math.ceil(restMs / 1_000)} s because ${what}`);
    this.$metadata = { httpStatusCode: 429, ...(requestId === undefined ? {} : { requestId }) };
  }
}

/** What a call met, or what an earlier one met that makes its operation rest. */
export const troubleOf = (error: unknown): ErrorKind =>
  error instanceof Resting ? error.because.kind : classify(error).kind;

/** The error that tells what is wrong: of a call that rests, the one that made it rest. */
export const metBy = (error: unknown): unknown => (error instanceof Resting ? error.met : error);

interface Rest {
  readonly times: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly because: Classified;
  readonly met: unknown;
}

/** A lost answer is no sign of pressure, and has waits of its own. */
const pressing: ReadonlySet<ErrorKind> = new Set(['throttled', 'unavailable', 'unreachable']);
const rests = { firstMs: 500, longestMs: 60_000 };

/** The pace of one payer; it lives in memory and can be lost. */
export class CallPace {
  readonly #rests = new Map<string, Rest>();

  constructor(
    private readonly now: () => number = Date.now,
    private readonly random: () => number = Math.random,
    /** What goes first: while an operation rests there it rests here too, and not the other way round. */
    private readonly first?: CallPace,
  ) {}

  /** Makes the call unless its operation rests; throws what the call throws, or {@link Resting}. */
  async keep<T>(operation: string, call: () => Promise<T>): Promise<T> {
    this.first?.mind(operation);
    this.mind(operation);
    const rest = this.#rests.get(operation);
    try {
      const answer = await call();
      if (this.#rests.get(operation) === rest) this.#rests.delete(operation);
      return answer;
    } catch (error) {
      this.#press(operation, rest, error);
      throw error;
    }
  }

  /** Throws {@link Resting} while the operation rests. */
  mind(operation: string): void {
    const now = this.now();
    const rest = this.#rests.get(operation);
    if (rest && now < rest.until) throw new Resting(rest.until - now, operation, rest.because, rest.met);
  }

  /** Calls that were under way together count once. */
  #press(operation: string, before: Rest | undefined, error: unknown): void {
    const because = classify(error);
    if (!pressing.has(because.kind) || this.#rests.get(operation) !== before) return;
    const times = (before?.times ?? 0) + 1;
    const until = this.now() + backOffMs(times, this.random, rests);
    this.#rests.set(operation, { times, until, because, met: error });
  }
}
