/** Whether proofs hold. What is checked here needs no tree: only the roots, and what somebody else has proven. */
import type { Sha256 } from './merkle-tree.js';

interface Halves {
  readonly left: Uint8Array;
  readonly right: Uint8Array;
}

const joined = (sha256: Sha256, { left, right }: Halves): Uint8Array => sha256(Uint8Array.from([1, ...left, ...right]));

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

const half = (n: number): number => Math.floor(n / 2);

/** Whether a leaf's node is number `leaf` in the tree of this size and root. Source: RFC 9162, section 2.1.3.2. */
export function provesInclusion(
  sha256: Sha256,
  { node, leaf, size, root }: { node: Uint8Array; leaf: number; size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (leaf >= size) return false;
  let [n, last, reached] = [leaf, size - 1, node];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (n % 2 === 1 || n === last) {
      reached = joined(sha256, { left: sibling, right: reached });
      while (n % 2 === 0 && n !== 0) [n, last] = [half(n), half(last)];
    } else reached = joined(sha256, { left: reached, right: sibling });
    [n, last] = [half(n), half(last)];
  }
  return last === 0 && isSame(reached, root);
}

/** A tree as its size and root. */
export interface Head {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether the newer tree begins with the older one, which is not empty. Source: RFC 9162, section 2.1.4.2. */
export function provesConsistency(sha256: Sha256, older: Head, newer: Head, proof: readonly Uint8Array[]): boolean {
  if (older.size === newer.size) return proof.length === 0 && isSame(older.root, newer.root);
  if (older.size > newer.size || proof.length === 0) return false;
  const [start, ...rest] = Number.isInteger(Math.log2(older.size)) ? [older.root, ...proof] : proof;
  if (start === undefined) return false;
  let [n, last] = [older.size - 1, newer.size - 1];
  while (n % 2 === 1) [n, last] = [half(n), half(last)];
  let [old, fresh] = [start, start];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (n % 2 === 1 || n === last) {
      old = joined(sha256, { left: sibling, right: old });
      fresh = joined(sha256, { left: sibling, right: fresh });
      while (n % 2 === 0 && n !== 0) [n, last] = [half(n), half(last)];
    } else fresh = joined(sha256, { left: fresh, right: sibling });
    [n, last] = [half(n), half(last)];
  }
  return last === 0 && isSame(old, older.root) && isSame(fresh, newer.root);
}
