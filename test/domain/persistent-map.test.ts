import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PersistentMap } from '../../src/domain/persistent-map.js';

const additions = fc.array(fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.string())), { maxLength: 30 });

test('it holds what a map would hold, and what it was before stays as it was', () => {
  const property = fc.property(additions, (all) => {
    let grown = PersistentMap.empty<number, string>();
    const map = new Map<number, string>();
    const before: [typeof grown, Map<number, string>][] = [];
    for (const entries of all) {
      before.push([grown, new Map(map)]);
      grown = grown.with(entries);
      for (const [key, value] of entries) map.set(key, value);
    }
    for (const [then, was] of [...before, [grown, map] as const])
      for (let key = 0; key <= 60; key++) expect(then.get(key)).toBe(was.get(key));
  });
  fc.assert(property);
});

test('many entries added one by one lie in few parts, which are seldom made anew', () => {
  let grown = PersistentMap.empty<number, true>();
  const made = new Set<unknown>();
  for (let n = 0; n < 4_096; n++) {
    grown = grown.with([[n, true]]);
    for (const part of partsOf(grown)) made.add(part);
  }
  expect(grown.size).toBe(4_096);
  expect(partsOf(grown).length).toBeLessThanOrEqual(13);
  const copied = [...made].reduce((sum: number, part) => sum + (part as Map<number, true>).size, 0);
  expect(copied).toBeLessThanOrEqual(4_096 * 13);
});

const partsOf = (grown: unknown): readonly unknown[] => (grown as { parts: readonly unknown[] }).parts;
