/** What is asked of the file of the audit's tree and put into it, prepared once. */
import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import { completedBy, leafNode, type NodeAt, nodeIndex } from '../../domain/audit/merkle-tree.js';
import { sha256 } from './sha256.js';

interface Reached {
  readonly position: Position | undefined;
  readonly size: number;
}

export function prepareTree(db: DatabaseSync) {
  const node = db.prepare('SELECT hash FROM nodes WHERE place = ?');
  const leaf = db.prepare('SELECT leaf FROM leaves WHERE position = ?');
  const before = db.prepare('SELECT leaf FROM leaves WHERE position <= ? ORDER BY position DESC LIMIT 1');
  const reached = db.prepare('SELECT position, size FROM reached');
  const nodeAt: NodeAt = (level, n) => {
    const found = node.get(nodeIndex(level, n)) as { readonly hash: Uint8Array } | undefined;
    if (!found) throw new Error(`The audit's tree lacks its node ${n} of level ${level}.`);
    return found.hash;
  };
  const leafOf = (row: unknown): number | undefined => (row as { readonly leaf: number } | undefined)?.leaf;
  return {
    nodeAt,
    leafAt: (position: number) => leafOf(leaf.get(position)),
    sizeAt: (position: number) => (leafOf(before.get(position)) ?? -1) + 1,
    reached: () => (reached.get() as Reached | undefined) ?? { position: undefined, size: 0 },
    ...additions(db, nodeAt),
  };
}

function additions(db: DatabaseSync, nodeAt: NodeAt) {
  const addNode = db.prepare('INSERT INTO nodes VALUES (?, ?)');
  const addLeaf = db.prepare('INSERT INTO leaves VALUES (?, ?)');
  const reach = db.prepare('INSERT OR REPLACE INTO reached VALUES (1, ?, ?)');
  return {
    addLeaf(leaf: number, position: number, hash: Uint8Array): void {
      const place = nodeIndex(0, leaf);
      for (const [above, node] of completedBy(sha256, leafNode(sha256, hash), leaf, nodeAt).entries())
        addNode.run(place + above, node);
      addLeaf.run(position, leaf);
    },
    reach: (upTo: Position, size: number): void => void reach.run(upTo, size),
  };
}
