/** The border between a worker and everything outside: each crossing is a place where it may die or be held up. */

import type { EventStore, Page } from '../../src/application/ports/event-store.js';
import { OutcomeUnknown } from '../../src/application/ports/event-store-errors.js';
import type { Vault } from '../../src/application/ports/vault.js';
import type { Chance } from './chance.js';
import type { Troubles } from './troubles.js';
import type { Life, VirtualTime } from './virtual-time.js';

/** A worker as its border sees it. */
export interface Mortal extends Life {
  readonly name: string;
  /** Ends this life here and now. */
  die(): void;
}

export interface Around {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly troubles: Troubles;
}

const longestPauseMs = 20_000;
/** A promise of its own for each that waits: one for all would keep whatever waits for it as long as the process lives. */
const never = (): Promise<never> => new Promise(() => undefined);

/** Lets a worker pass, perhaps later, perhaps never. */
export async function gate({ time, chance, troubles }: Around, who: Mortal, where: string): Promise<void> {
  if (who.over) return never();
  if (troubles.strike('death', `${who.name} ${where}`)) {
    who.die();
    return never();
  }
  if (!troubles.strike('pause', `${who.name} ${where}`)) return undefined;
  await new Promise<void>((resolve) => time.after(chance.between(1, longestPauseMs), resolve, who));
}

async function crossing<T>(on: Around, who: Mortal, what: string, work: () => Promise<T>): Promise<T> {
  await gate(on, who, `before ${what}`);
  const answer = await work();
  await gate(on, who, `after ${what}`);
  return answer;
}

/** What happens to the log beside what the worker does itself. */
export interface Elsewhere {
  /** Resolves when somebody else has appended. */
  news(): Promise<void>;
  /** Hears of each page that is read. */
  heard(events: Page['events']): void;
}

/** The log as the worker sees it. */
export function storeBehind(on: Around, who: Mortal, store: EventStore, elsewhere: Elsewhere): EventStore {
  return {
    ...store,
    read: (stream, ...which) => crossing(on, who, `read ${stream}`, () => store.read(stream, ...which)),
    append: (stream, expected, events) => {
      const what = `append ${events.map(({ event }) => event.type).join(', ')}`;
      return crossing(on, who, what, async () => {
        const recorded = await store.append(stream, expected, events);
        if (on.troubles.strike('append unknown', `${who.name} ${what}`))
          throw new OutcomeUnknown('The connection to the log broke before it answered.');
        return recorded;
      });
    },
    follow: (after, signal) => following(on, who, store, elsewhere, after, signal),
  };
}

/** A store is woken by its own appends only, so the following begins anew, where it stood, when others have appended. */
async function* following(
  on: Around,
  who: Mortal,
  store: EventStore,
  { news, heard }: Elsewhere,
  from: Page['events'][number]['position'] | undefined,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  let after = from;
  for (let woke = true; woke && !signal.aborted; ) {
    if (who.over) await never();
    const woken = new AbortController();
    const stop = (): void => woken.abort();
    signal.addEventListener('abort', stop, { once: true });
    news().then(stop);
    for await (const page of store.follow(after, woken.signal)) {
      await gate(on, who, 'before a page of the log');
      heard(page.events);
      yield page;
      after = page.events.at(-1)?.position ?? after;
    }
    signal.removeEventListener('abort', stop);
    // Ended by itself, the log is closed.
    woke = woken.signal.aborted;
  }
}

/** The vault as the worker sees it. */
export const vaultBehind = (on: Around, who: Mortal, vault: Vault): Vault => ({
  putIfAbsent: (name, generation, value) =>
    crossing(on, who, `put ${name}#${generation}`, () => vault.putIfAbsent(name, generation, value)),
  get: (name, generation) => crossing(on, who, `get ${name}#${generation}`, () => vault.get(name, generation)),
  destroy: (name, generation) =>
    crossing(on, who, `destroy ${name}#${generation}`, () => vault.destroy(name, generation)),
});
