/** Whether anybody cares: a step that is owed and could run must not lie about, whatever wake signal was lost. */
import type { Settings } from '../../src/application/dependencies.js';
import type { AwsStep, Ensure, Ensures, StepResult } from '../../src/application/ports/ensures.js';
import { everyPayer } from '../../src/domain/payer.js';
import { owed } from '../../src/domain/provider/saga.js';
import { restBetweenLooksMs } from '../../src/domain/provider/settling.js';
import { isQueued } from '../../src/domain/provider/stages.js';
import type { Step } from '../../src/domain/provider/steps.js';
import type { Observer } from './observer.js';
import { type Standing, standings } from './standing.js';
import type { Life, VirtualTime } from './virtual-time.js';
import { clockApartMs } from './worker.js';

/** What the sweep finds within a minute must have begun by then; the longest back-off is a minute too. */
const sweepMs = 60_000;
const longestBackOffMs = 60_000;
/** Beside what timers may take: a fact's time may be of a clock that is behind. */
const slackMs = 15_000 + clockApartMs;

interface Look {
  underWay: number;
  /** When the last attempt asked to be looked at again; milliseconds. */
  nextAt: number;
}

export class Attention {
  /** Of each life by itself: what a dead worker had in mind counts no longer. */
  readonly #looks = new WeakMap<Life, Map<string, Look>>();
  /** Since when there is room for who waits for a payer; milliseconds. */
  #roomSince: number | undefined;

  constructor(private readonly time: VirtualTime) {}

  /** The same ensures, whose every attempt is noted. */
  watch(ensures: Ensures, who: Life): Ensures {
    const looks = new Map<string, Look>();
    this.#looks.set(who, looks);
    const noted = Object.entries(ensures).map(([step, ensure]) => [
      step,
      this.#noting(looks, step as AwsStep, ensure as Ensure<never>),
    ]);
    return Object.fromEntries(noted) as Ensures;
  }

  /** What lay about for too long while these workers were up and all went well, since a time in milliseconds. */
  neglected(observer: Observer, all: Settings['payers'], up: readonly Life[], calmSince: number): readonly string[] {
    this.#roomSince = roomFor(observer, all) ? (this.#roomSince ?? this.time.now) : undefined;
    const standing = standings(observer.events);
    return [...observer.providers].flatMap(([providerId, provider]) =>
      owed(provider).flatMap(({ step, since }) => {
        const possibleAt = isQueued(provider)
          ? this.#servedFrom(standing.get(provider.organization))
          : this.#plannedAt(up, keyOf(providerId, step));
        if (possibleAt === undefined) return [];
        const idleMs = this.time.now - Math.max(calmSince, Date.parse(since), possibleAt);
        // After a start, the first looks at old credentials are spread over the time that may pass between two of them.
        const spreadMs = step === 'SettleCredentials' ? restBetweenLooksMs(this.time.now - Date.parse(since)) : 0;
        if (idleMs <= sweepMs + slackMs + spreadMs) return [];
        return [`${providerId}: ${step} lay about for ${Math.round(idleMs / 1_000)} s`];
      }),
    );
  }

  /** From when on a provider of this organization can be given a slot; `undefined` while it cannot. */
  #servedFrom(standing: Standing | undefined): number | undefined {
    if (this.#roomSince === undefined || standing?.eligible === false) return undefined;
    return Math.max(this.#roomSince, standing?.since ?? 0);
  }

  /** When somebody has in mind to look at a step again; `undefined` while somebody is about it. */
  #plannedAt(up: readonly Life[], key: string): number | undefined {
    const looks = up.flatMap((who) => this.#looks.get(who)?.get(key) ?? []);
    return looks.some(({ underWay }) => underWay > 0) ? undefined : Math.max(0, ...looks.map(({ nextAt }) => nextAt));
  }

  #noting<W extends { readonly providerId: string }>(
    looks: Map<string, Look>,
    step: AwsStep,
    ensure: Ensure<W>,
  ): Ensure<W> {
    return async (work, attempt) => {
      const look = lookOf(looks, keyOf(work.providerId, step));
      look.underWay += 1;
      let result: StepResult | undefined;
      try {
        result = await ensure(work, attempt);
        return result;
      } finally {
        look.underWay -= 1;
        const wait = result && 'retryAfterMs' in result ? result.retryAfterMs : undefined;
        look.nextAt = this.time.now + (wait ?? longestBackOffMs);
      }
    };
  }
}

function roomFor({ providers, payers }: Observer, all: Settings['payers']): boolean {
  const vends = (id: string): boolean => (payers.get(id)?.vending ?? 'open') === 'open';
  const holders = [...providers.values()].flatMap((p) =>
    p.stage === 'assigned' || p.stage === 'creating' ? [p.payerId] : [],
  );
  const free = (id: string, most: number): boolean => holders.filter((payerId) => payerId === id).length < most;
  return vends(everyPayer) && all.every(({ id, creationsAtOnce }) => vends(id) && free(id, creationsAtOnce));
}

function lookOf(looks: Map<string, Look>, key: string): Look {
  const look = looks.get(key) ?? { underWay: 0, nextAt: 0 };
  looks.set(key, look);
  return look;
}

const keyOf = (providerId: string, step: Step): string => `${providerId} ${step}`;
