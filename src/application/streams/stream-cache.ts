/** Folded streams as they are remembered, so that a stream is read whole once and afterwards only what is new in it. */
import { LRUCache } from 'lru-cache';
import { rememberedCommands } from './known-commands.js';
import type { StreamState } from './stream-state.js';

/** A folded stream; `atLeast` is the last revision that it is known to have by now. */
interface Remembered {
  readonly streamState: StreamState<unknown>;
  readonly atLeast: number;
}

export interface StreamCache {
  get(stream: string): StreamState<unknown> | undefined;
  /** Whether others are known to have added to what is remembered; then what lies after it has to be read. */
  isBehind(stream: string): boolean;
  /** Remembers what was read or appended. It may be older than what is known by now; the cache never goes back. */
  remember(stream: string, streamState: StreamState<unknown>): void;
  /** The stream is known to have this revision. */
  heard(stream: string, revision: number): void;
  forget(stream: string): void;
}

/** What a folded stream takes, roughly: a state, and for each remembered event the id and digest of its command. */
const stateBytes = 2_000;
const eventBytes = 400;
const mostBytes = 256 * 2 ** 20;

/** As many as may be heard of while one stream is being read. */
const heardAtOnce = 10_000;

const sizeOf = ({ streamState }: Remembered): number =>
  stateBytes + eventBytes * Math.min(streamState.revision + 1, 2 * rememberedCommands);

/** A cache that has grown to its size in bytes forgets the streams that were not used for longest. */
export function openStreamCache(): StreamCache {
  const streams = new LRUCache<string, Remembered>({ maxSize: mostBytes, sizeCalculation: sizeOf });
  const reached = new LRUCache<string, number>({ max: heardAtOnce });
  return {
    get: (stream) => streams.get(stream)?.streamState,
    isBehind(stream) {
      const known = streams.get(stream);
      return known !== undefined && known.streamState.revision < known.atLeast;
    },
    remember(stream, streamState) {
      const known = streams.get(stream);
      if (known && known.streamState.revision >= streamState.revision) return;
      streams.set(stream, { streamState, atLeast: Math.max(known?.atLeast ?? -1, reached.get(stream) ?? -1) });
    },
    heard(stream, revision) {
      reached.set(stream, Math.max(reached.get(stream) ?? -1, revision));
      const known = streams.get(stream);
      if (known && known.atLeast < revision) streams.set(stream, { ...known, atLeast: revision });
    },
    forget: (stream) => void streams.delete(stream),
  };
}
