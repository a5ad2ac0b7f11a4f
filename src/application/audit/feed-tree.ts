/** Feeds the audit's tree: a follower of the log that adds the hash of each of the product's events. */
import { isCovered } from '../../domain/audit/leaves.js';
import type { AuditTree, Leaf } from '../ports/audit-tree.js';
import { type Clock, systemClock } from '../ports/clock.js';
import type { EventStore, Page } from '../ports/event-store.js';
import { runFollower } from '../streams/follower.js';

/** An event whose bytes are not what was recorded has no hash to add; what follows it waits. */
class NoLeaf extends Error {}

interface Feeding {
  readonly signal: AbortSignal;
  readonly clock?: Clock;
  /** Hears why the tree stands still, once a reason. */
  readonly failed: (words: string) => void;
}

export interface TreeFeed {
  readonly ended: Promise<void>;
  /** Why the tree stands still, `undefined` when it moves. */
  stopped(): string | undefined;
}

/** Follows the log from where the tree stands until the signal aborts; a tree of another log begins anew. */
export function feedTree(
  store: Pick<EventStore, 'follow' | 'owns'>,
  tree: AuditTree,
  { signal, clock = systemClock, failed }: Feeding,
): TreeFeed {
  let stopped: string | undefined;
  const ended = runFollower(
    store,
    {
      checkpoint() {
        const upTo = tree.upTo();
        if (upTo === undefined || store.owns(upTo)) return upTo;
        tree.startAnew();
        return undefined;
      },
      take(page) {
        take(tree, page);
        stopped = undefined;
        return 'go-on';
      },
      failed(error) {
        const words = error instanceof Error ? error.message : String(error);
        if (words !== stopped) failed(words);
        stopped = words;
        return 'go-on';
      },
    },
    { signal, clock },
  );
  return { ended, stopped: () => stopped };
}

/** Adds what can be added of a page; throws at the first event that has no leaf and should have one. */
function take(tree: AuditTree, { events }: Page): void {
  const stop = events.findIndex((entry) => isCovered(entry.stream) && leafOf(entry) === undefined);
  const before = stop < 0 ? events : events.slice(0, stop);
  const leaves = before.filter(({ stream }) => isCovered(stream)).flatMap((entry) => leafOf(entry) ?? []);
  const last = before.at(-1);
  if (last) tree.add(leaves, last.position);
  const flawed = events[stop];
  if (flawed && 'poison' in flawed)
    throw new NoLeaf(`${flawed.position} (${flawed.stream} revision ${flawed.revision}): ${flawed.poison}`);
}

/** What cannot be decoded, and yet is what was recorded, is a leaf as any other. */
function leafOf(entry: Page['events'][number]): Leaf | undefined {
  const hash = 'poison' in entry ? entry.hash : entry.metadata.hash;
  return hash === undefined ? undefined : { position: entry.position, hash };
}
