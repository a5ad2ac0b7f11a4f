/** The clock, the timers and all chance of this process, taken away from the machine and given to a seed. */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { type Chance, openChance } from './chance.js';
import { type Entry, presentLife, type VirtualTime } from './virtual-time.js';

const real = { Date, setImmediate };
let time: VirtualTime | undefined;
/** The programs are loaded before the first run, by the clock of the machine. */
let loading = true;
let pendingTurns = 0;

/** The moment of the run that is on. Between runs there is no time. */
function current(): VirtualTime {
  if (!time) throw new Error('No run is on, so there is no time.');
  return time;
}

class VirtualDate extends real.Date {
  constructor(...args: readonly unknown[]) {
    super(...((args.length === 0 ? [VirtualDate.now()] : args) as [number]));
  }

  static override now(): number {
    if (loading) return real.Date.now();
    return current().now + (presentLife()?.clockAheadMs ?? 0);
  }
}

class Timer {
  constructor(
    private readonly begin: () => Entry,
    private entry = begin(),
  ) {}
  cancel(): void {
    this.entry.cancelled = true;
  }
  refresh(): this {
    this.cancel();
    this.entry = this.begin();
    return this;
  }
  ref = (): this => this;
  unref = (): this => this;
  hasRef = (): boolean => true;
}

type Callback = (...args: readonly unknown[]) => void;

const timers = {
  setTimeout: (run: Callback, ms = 0, ...args: readonly unknown[]) =>
    new Timer(() => current().after(ms, () => run(...args))),
  setInterval(run: Callback, ms = 0, ...args: readonly unknown[]): Timer {
    const timer: Timer = new Timer(() =>
      current().after(ms, () => {
        timer.refresh();
        run(...args);
      }),
    );
    return timer;
  },
  clearTimeout: (timer?: Timer) => timer?.cancel?.(),
  clearInterval: (timer?: Timer) => timer?.cancel?.(),
  /** Real, but counted; a life that is over has no next turn. */
  setImmediate(run: Callback, ...args: readonly unknown[]) {
    const life = presentLife();
    pendingTurns += 1;
    return real.setImmediate(() => {
      pendingTurns -= 1;
      if (!life?.over) run(...args);
    });
  },
};

/** Libraries draw from it while they are loaded. */
let chance: Chance = openChance(0);

const bytes = (count: number): Uint8Array => new Uint8Array(count).map(() => chance.between(0, 255));

function randomUUID(): ReturnType<typeof crypto.randomUUID> {
  const hex = Buffer.from(bytes(16)).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/**
 * Takes the clock, the timers and all chance of this process away from the machine, for good. To be called before the
 * program is loaded, parts of which keep what they find.
 */
export function takeOver(): void {
  Object.assign(globalThis, timers, { Date: VirtualDate });
  Math.random = () => chance.next();
  Object.assign(crypto, { randomUUID, randomInt: (most: number) => chance.between(0, most - 1) });
  syncBuiltinESMExports();
  Object.defineProperties(globalThis.crypto, {
    randomUUID: { value: randomUUID },
    getRandomValues: {
      value: <T extends Uint8Array>(into: T): T => {
        into.set(bytes(into.length));
        return into;
      },
    },
  });
}

/** From now on this is the time, and what is random comes from this chance. */
export function live(in_: VirtualTime, of: Chance): void {
  loading = false;
  time = in_;
  chance = of;
}

/** Resolves once everything in this process waits for time to pass. */
export async function quiet(): Promise<void> {
  do {
    await new Promise<void>((resolve) => real.setImmediate(resolve));
  } while (pendingTurns > 0 || readsFiles());
}

/** The SDK looks for its configuration in files, the first time. */
const readsFiles = (): boolean => process.getActiveResourcesInfo().some((resource) => resource.startsWith('FSReq'));
