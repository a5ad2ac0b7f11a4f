/** The part of the contract about reading a part of a stream. */
import { describe, expect, test } from '@jest/globals';
import { drafts, named } from '../../../support/events.js';
import type { OpenNew } from '../contract.js';

export function readContract(open: OpenNew): void {
  describe('reading a part of a stream', () => {
    const names = ['a', 'b', 'c', 'd'];
    const filled = async () => {
      const { store } = await open();
      await store.append('provider-1', -1, drafts(...names));
      await store.append('provider-2', -1, drafts('x'));
      return store;
    };
    const told = (events: readonly { readonly revision: number; readonly event: unknown }[]) =>
      events.map(({ revision, event }) => ({ revision, event }));
    const at = (...revisions: readonly number[]) =>
      revisions.map((revision) => ({ revision, event: named(names[revision] ?? '') }));

    test('begins at a revision and ends after so many', async () => {
      const store = await filled();
      expect(told(await store.read('provider-1', 1, 2))).toEqual(at(1, 2));
      expect(told(await store.read('provider-1', 2))).toEqual(at(2, 3));
      expect(told(await store.read('provider-1', 3, 9))).toEqual(at(3));
      expect(await store.read('provider-1', 4, 9)).toEqual([]);
      expect(await store.read('provider-3', 0, 9)).toEqual([]);
    });

    test('can begin so many before the end, and is in order all the same', async () => {
      const store = await filled();
      expect(told(await store.readLast('provider-1', 2))).toEqual(at(2, 3));
      expect(told(await store.readLast('provider-1', 9))).toEqual(at(0, 1, 2, 3));
      expect(await store.readLast('provider-3', 1)).toEqual([]);
    });
  });
}
