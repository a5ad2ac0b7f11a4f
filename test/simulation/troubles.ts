/** What goes wrong in a run: each seed has a mixture of its own, and every stroke is counted and can be told. */
import type { Chance } from './chance.js';

/** How often each kind strikes, where it is at all: the chance at one opportunity. */
const usual = {
  /** A worker dies between two awaits: before or after it reads, appends, sends, or puts a secret away. */
  death: 0.0025,
  /** A worker is held up, so that others overtake it. */
  pause: 0.03,
  /** A worker is asked to stop, and started again. */
  stop: 0.0005,
  'request lost': 0.02,
  'answer lost': 0.03,
  /** A request comes to AWS when nobody waits for it any more, up to six minutes late. */
  zombie: 0.02,
  throttled: 0.03,
  'server error': 0.03,
  'concurrent modification': 0.02,
  'access denied': 0.01,
  'commit lost': 0.03,
  'commit failed': 0.03,
  'append unknown': 0.02,
  'wake signal dropped': 0.2,
  'disk full': 0.3,
  /** A worker's clock is apart from the others' for as long as it lives. */
  'clock apart': 0.5,
  /** The program of a while, at every worker, cannot read a stream from some fact on. */
  unreadable: 0.6,
  /** A worker can neither renew the lease nor look at it for a while. */
  'lease cut off': 0.01,
  /** The same, while its own clock stands still, so that it goes on as its holder beside another. */
  'lease held twice': 0.01,
} as const;

export type Trouble = keyof typeof usual;
export const troubleKinds = Object.keys(usual) as readonly Trouble[];

export interface Troubles {
  /** Whether this kind strikes at this opportunity; `where` is for the trace. */
  strike(kind: Trouble, where: string): boolean;
  /** From now on nothing goes wrong any more. */
  end(): void;
  readonly over: boolean;
  readonly counts: Readonly<Record<Trouble, number>>;
}

export type Rates = Readonly<Record<Trouble, number>>;

/** The mixture of a seed, or these troubles alone. */
export function drawRates(chance: Chance, alone?: Partial<Rates>): Rates {
  const draw = (kind: Trouble): number => (chance.yes(0.6) ? usual[kind] * (0.2 + 1.5 * chance.next()) : 0);
  return ratesOf((kind) => (alone ? (alone[kind] ?? 0) : draw(kind)));
}

const ratesOf = (rate: (kind: Trouble) => number): Rates =>
  Object.fromEntries(troubleKinds.map((kind) => [kind, rate(kind)])) as Rates;

/** At most so many strokes, so that a failing run can be made as short as it gets. */
export function openTroubles(chance: Chance, rates: Rates, most: number, tell: (line: string) => void): Troubles {
  const counts = Object.fromEntries(troubleKinds.map((kind) => [kind, 0])) as Record<Trouble, number>;
  let left = most;
  return {
    strike(kind, where) {
      if (left <= 0 || !chance.yes(rates[kind])) return false;
      left -= 1;
      counts[kind] += 1;
      tell(`${kind}: ${where}`);
      return true;
    },
    end() {
      left = 0;
    },
    get over() {
      return left <= 0;
    },
    counts,
  };
}
