/**
 * The Merkle tree over the log: its root, and proofs that a leaf is in it and that one tree grew out of another.
 * Source: RFC 9162, section 2.1 (the same tree as in RFC 6962).
 */

/** SHA-256 of some bytes; given from outside, because the domain imports nothing. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/**
 * Answers with the hash of a complete subtree that is stored: number `n`, from 0, of those over `2 ** level` leaves each. Only
 * subtrees whose leaves are all there are asked for.
 */
export type NodeAt = (level: number, n: number) => Uint8Array;

type Subtree = { readonly level: number; readonly n: number };

const parentOf = (sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(1 + left.length + right.length);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return sha256(bytes);
};

/** The node over one leaf. */
export function leafNode(sha256: Sha256, leaf: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + leaf.length);
  bytes.set(leaf, 1);
  return sha256(bytes);
}

/**
 * Where a node lies among all nodes in the order in which they are completed, so that a tree only ever grows at its end: a
 * parent comes right after its right child.
 */
export function nodeIndex(level: number, n: number): number {
  let last = n;
  for (let above = 0; above < level; above++) last = 2 * last + 1;
  let before = 0;
  for (let rest = last; rest > 0; rest = Math.floor(rest / 2)) before += rest;
  return before + level;
}

/** The nodes that are complete once the leaf of this number is there, from the leaf's own upwards. */
export function completedBy(sha256: Sha256, node: Uint8Array, leaf: number, at: NodeAt): readonly Uint8Array[] {
  const nodes = [node];
  let top = node;
  for (let level = 0, n = leaf; n % 2 === 1; level++, n = Math.floor(n / 2)) {
    top = parentOf(sha256, at(level, n - 1), top);
    nodes.push(top);
  }
  return nodes;
}

/** The largest power of two that is smaller than `size`, which is at least 2. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** The complete subtrees that the leaves from `from` up to, not including, `to` consist of, from the left. */
function subtreesOf(from: number, to: number): readonly Subtree[] {
  const found: Subtree[] = [];
  let start = from;
  while (start < to) {
    let level = 0;
    while (start % 2 ** (level + 1) === 0 && start + 2 ** (level + 1) <= to) level++;
    found.push({ level, n: start / 2 ** level });
    start += 2 ** level;
  }
  return found;
}

/** The hash over a range of leaves that begins where a subtree may begin. */
function hashOf(sha256: Sha256, at: NodeAt, from: number, to: number): Uint8Array {
  const nodes = subtreesOf(from, to).map(({ level, n }) => at(level, n));
  return nodes.reduceRight((right, left) => parentOf(sha256, left, right));
}

/** The root over the first `size` leaves; of none it is the hash of nothing. */
export const rootOf = (sha256: Sha256, at: NodeAt, size: number): Uint8Array =>
  size === 0 ? sha256(new Uint8Array()) : hashOf(sha256, at, 0, size);

/** The proof that a leaf is in the tree of `size` leaves. Source: RFC 9162, section 2.1.3.1. */
export function inclusionProof(sha256: Sha256, at: NodeAt, leaf: number, size: number): readonly Uint8Array[] {
  const proof: Uint8Array[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (leaf < middle) {
      proof.unshift(hashOf(sha256, at, middle, to));
      to = middle;
    } else {
      proof.unshift(hashOf(sha256, at, from, middle));
      from = middle;
    }
  }
  return proof;
}

/** The proof that the tree of `newer` leaves begins with that of `older`, which is at least 1. Source: RFC 9162, section 2.1.4.1. */
export function consistencyProof(sha256: Sha256, at: NodeAt, older: number, newer: number): readonly Uint8Array[] {
  const proof: Uint8Array[] = [];
  let [from, to] = [0, newer];
  let whole = true;
  while (older !== to) {
    const middle = from + splitOf(to - from);
    if (older <= middle) {
      proof.unshift(hashOf(sha256, at, middle, to));
      to = middle;
    } else {
      proof.unshift(hashOf(sha256, at, from, middle));
      from = middle;
      whole = false;
    }
  }
  return whole ? proof : [hashOf(sha256, at, from, to), ...proof];
}

/** A tree that grows leaf by leaf and keeps no more of it than its root needs. */
export interface Frontier {
  size(): number;
  /** Adds a leaf's node. */
  add(node: Uint8Array): void;
  root(): Uint8Array;
}

export function openFrontier(sha256: Sha256): Frontier {
  const complete: { readonly level: number; readonly node: Uint8Array }[] = [];
  let size = 0;
  return {
    size: () => size,
    add(node) {
      size++;
      let grown = { level: 0, node };
      for (let left = complete.at(-1); left?.level === grown.level; left = complete.at(-1)) {
        complete.pop();
        grown = { level: grown.level + 1, node: parentOf(sha256, left.node, grown.node) };
      }
      complete.push(grown);
    },
    root: () =>
      size === 0
        ? sha256(new Uint8Array())
        : complete.map(({ node }) => node).reduceRight((right, left) => parentOf(sha256, left, right)),
  };
}
