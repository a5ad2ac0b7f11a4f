/** The Merkle tree over the product's events as it is kept, so that proofs need not read the log. */
import type { Position } from './event-store.js';

/** One event as the tree takes it in. */
export interface Leaf {
  readonly position: Position;
  /** Of the event, in hex. */
  readonly hash: string;
}

/** What is asked of the tree. Hashes are in hex; leaves are numbered from 0 in the order of the log. */
export interface AuditTreeReads {
  /** How many leaves it has. */
  size(): number;
  /** The root over the first `size` leaves. */
  root(size: number): string;
  /** The number of the leaf of the event at this position; `undefined` when it has none, or none yet. */
  leafAt(position: Position): number | undefined;
  /** How many leaves lie at or before this position. */
  sizeAt(position: Position): number;
  /** The proof that a leaf is among the first `size`. */
  inclusion(leaf: number, size: number): readonly string[];
  /** The proof that the tree of `newer` leaves began as that of `older`, which is at least 1. */
  consistency(older: number, newer: number): readonly string[];
}

export interface AuditTree extends AuditTreeReads {
  /** Everything of the log up to here is in it; `undefined` when it has seen nothing. */
  upTo(): Position | undefined;
  /** Adds leaves in the order of the log, and remembers with them how far the log was read. */
  add(leaves: readonly Leaf[], upTo: Position): void;
  /** Forgets everything, as when it holds another log's. */
  startAnew(): void;
}
