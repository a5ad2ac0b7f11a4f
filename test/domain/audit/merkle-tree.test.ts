/** The tree against the vectors of Certificate Transparency's reference implementation and the example of RFC 9162, section 2.1.5. */
import { hash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  completedBy,
  consistencyProof,
  inclusionProof,
  leafNode,
  type NodeAt,
  nodeIndex,
  openFrontier,
  rootOf,
} from '../../../src/domain/audit/merkle-tree.js';
import { provesConsistency, provesInclusion } from '../../../src/domain/audit/proof-check.js';

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');
const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** A tree in memory, its nodes in the order in which they are completed. */
function treeOf(leaves: readonly Uint8Array[]) {
  const nodes: Uint8Array[] = [];
  const at: NodeAt = (level, n) => {
    const node = nodes[nodeIndex(level, n)];
    if (!node) throw new Error(`node ${n} of level ${level} is not there`);
    return node;
  };
  for (const [n, leaf] of leaves.entries()) nodes.push(...completedBy(sha256, leafNode(sha256, leaf), n, at));
  return { at, nodes };
}

const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('the roots of the reference implementation', () => {
  const { at } = treeOf(inputs.map(bytesOf));
  test.each(roots.map((root, size) => [size, root] as const))('over %d leaves', (size, root) => {
    expect(hexOf(rootOf(sha256, at, size))).toBe(root);
    const frontier = openFrontier(sha256);
    for (const leaf of inputs.slice(0, size)) frontier.add(leafNode(sha256, bytesOf(leaf)));
    expect([frontier.size(), hexOf(frontier.root())]).toEqual([size, root]);
  });
});

/** The seven leaves of the RFC's example, d0 to d6, and its names of the nodes. */
const example = treeOf(Array.from({ length: 7 }, (_, n) => Uint8Array.of(n)));
const names: Readonly<Record<string, readonly [level: number, n: number]>> = {
  a: [0, 0],
  b: [0, 1],
  c: [0, 2],
  d: [0, 3],
  e: [0, 4],
  f: [0, 5],
  j: [0, 6],
  g: [1, 0],
  h: [1, 1],
  i: [1, 2],
  k: [2, 0],
};
const named = (name: string): string =>
  hexOf(
    name === 'l'
      ? sha256(Uint8Array.from([1, ...example.at(1, 2), ...example.at(0, 6)]))
      : example.at(...(names[name] ?? [0, 0])),
  );

test.each([
  [0, 'b h l'],
  [3, 'c g l'],
  [4, 'f j k'],
  [6, 'i k'],
])('the proof of leaf %d of seven is that of the RFC', (leaf, path) => {
  expect(inclusionProof(sha256, example.at, leaf, 7).map(hexOf)).toEqual(path.split(' ').map(named));
});

test.each([
  [3, 'c d g l'],
  [4, 'l'],
  [6, 'i j k'],
])('the proof that seven leaves grew out of %d is that of the RFC', (older, path) => {
  expect(consistencyProof(sha256, example.at, older, 7).map(hexOf)).toEqual(path.split(' ').map(named));
});

const grown = treeOf(Array.from({ length: 300 }, (_, n) => sha256(Uint8Array.of(n % 256, n >> 8))));
const rootAt = (size: number): Uint8Array => rootOf(sha256, grown.at, size);
const sizes = fc.tuple(fc.nat(299), fc.nat(299)).map(([a, b]) => [Math.min(a, b) + 1, Math.max(a, b) + 1] as const);
const isChanged = fc.tuple(fc.nat(40), fc.nat(31));

/** The same proof with one bit of one hash turned. */
function changed(proof: readonly Uint8Array[], [n, byte]: readonly [number, number]): readonly Uint8Array[] {
  const at = n % proof.length;
  return proof.map((node, i) => (i === at ? node.map((value, b) => (b === byte ? value ^ 1 : value)) : node));
}

test('every leaf is proven in every tree that holds it, by no other proof and at no other place', () => {
  fc.assert(
    fc.property(sizes, isChanged, ([leaf, size], change) => {
      const claim = { node: grown.at(0, leaf - 1), leaf: leaf - 1, size, root: rootAt(size) };
      const proof = inclusionProof(sha256, grown.at, leaf - 1, size);
      expect(provesInclusion(sha256, claim, proof)).toBe(true);
      expect(provesInclusion(sha256, { ...claim, leaf: leaf % size }, proof)).toBe(size === 1);
      expect(provesInclusion(sha256, { ...claim, leaf: size }, proof)).toBe(false);
      expect(provesInclusion(sha256, claim, [...proof, claim.root])).toBe(false);
      if (proof.length > 0) expect(provesInclusion(sha256, claim, changed(proof, change))).toBe(false);
    }),
  );
});

test('every tree is proven to begin with every smaller one, and with no other', () => {
  fc.assert(
    fc.property(sizes, isChanged, ([small, large], change) => {
      const [older, newer] = [small, large].map((size) => ({ size, root: rootAt(size) }));
      if (!older || !newer) throw new Error('two trees are wanted');
      const proof = consistencyProof(sha256, grown.at, small, large);
      expect(provesConsistency(sha256, older, newer, proof)).toBe(true);
      expect(provesConsistency(sha256, { ...older, root: rootAt(300 - small) }, newer, proof)).toBe(small === 150);
      expect(provesConsistency(sha256, older, newer, [...proof, older.root])).toBe(false);
      if (proof.length > 0) expect(provesConsistency(sha256, older, newer, changed(proof, change))).toBe(false);
      if (small < large) expect(provesConsistency(sha256, newer, older, proof)).toBe(false);
    }),
  );
});

test('the nodes lie one after the other in the order in which they are completed', () => {
  expect([0, 1, 2, 3].map((n) => nodeIndex(0, n))).toEqual([0, 1, 3, 4]);
  expect([nodeIndex(1, 0), nodeIndex(1, 1), nodeIndex(2, 0)]).toEqual([2, 5, 6]);
  expect(grown.nodes).toHaveLength(nodeIndex(0, 300));
});
