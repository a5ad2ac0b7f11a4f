/** The audit's tree of a kept log, filled once: a service that has run for a while has it, and one that fills it reads the log beside what is measured. */
import { join } from 'node:path';
import { feedTree } from '../src/application/audit/feed-tree.js';
import type { EventStore } from '../src/application/ports/event-store.js';
import { openTreeFile, treeFileName } from '../src/infrastructure/audit/tree-file.js';

/** Brings the tree in a log's folder up to the end of the log. */
export async function fillTree(folder: string, store: EventStore): Promise<void> {
  const tree = openTreeFile(join(folder, treeFileName), () => undefined);
  const stopping = new AbortController();
  const fed = feedTree(store, tree, {
    signal: stopping.signal,
    failed(words) {
      throw new Error(words);
    },
  });
  while (tree.upTo() !== store.head()) await new Promise((resolve) => setTimeout(resolve, 20));
  stopping.abort();
  await fed.ended;
  tree.close();
}
