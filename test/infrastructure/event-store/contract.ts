/**
 * What every event store promises, whatever it stores with. A store is held to it by handing over a way to open one; what only
 * one kind of store promises lies beside its own tests.
 */
import { afterEach, describe } from '@jest/globals';
import type { EventStore } from '../../../src/application/ports/event-store.js';
import type { Codec } from '../../../src/infrastructure/event-store/format/codec.js';
import { appendContract } from './contract/append.js';
import { chainContract } from './contract/chain.js';
import { followContract } from './contract/follow.js';
import { loadContract } from './contract/load.js';
import { poisonContract } from './contract/poison.js';
import { positionContract } from './contract/positions.js';
import { readContract } from './contract/reads.js';

/** An open store on a log of its own. */
interface OpenStore {
  readonly store: EventStore;
  /** Ends the store as it is open now and opens the same log again, as a restart does; without a codec, with the domain's. */
  reopen(codec?: Codec): Promise<EventStore>;
  /** Ends the store as it is open now and removes its log; again, it does nothing. */
  dispose(): Promise<void>;
}

/** Opens a store on a new, empty log; without a codec it uses the domain's. */
export type OpenNew = (codec?: Codec) => Promise<OpenStore>;

/** Declares the tests; `openNew` is called in each of them. */
export function eventStoreContract(name: string, openNew: OpenNew): void {
  const opened: OpenStore[] = [];
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.dispose();
  });
  const open: OpenNew = async (codec) => {
    const store = await openNew(codec);
    opened.push(store);
    return store;
  };
  describe(`${name} as an event store`, () => {
    appendContract(open);
    chainContract(open);
    followContract(open);
    positionContract(open);
    poisonContract(open);
    readContract(open);
    loadContract(open);
  });
}
