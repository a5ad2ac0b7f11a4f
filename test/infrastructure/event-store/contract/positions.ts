/** The part of the contract about positions. */
import { describe, expect, test } from '@jest/globals';
import { requireOwn, UnknownPosition } from '../../../../src/application/ports/event-store-errors.js';
import { drafts } from '../../../support/events.js';
import { restOf } from '../../../support/following.js';
import type { OpenNew } from '../contract.js';

export function positionContract(open: OpenNew): void {
  describe('positions', () => {
    test('compare as their events were appended, across streams and restarts', async () => {
      const { store, reopen } = await open();
      await store.append('provider-1', -1, drafts('a', 'b'));
      await store.append('access-1', -1, drafts('c'));
      const positions = (await restOf(store)).map(({ position }) => position);
      const reopened = await reopen();
      for (const [i, a] of positions.entries())
        for (const [j, b] of positions.entries()) {
          expect(Math.sign(store.compare(a, b))).toBe(Math.sign(i - j));
          expect(Math.sign(reopened.compare(a, b))).toBe(Math.sign(i - j));
        }
    });

    test('the head is the last, also of what was there before', async () => {
      const { store, reopen } = await open();
      expect(store.head()).toBeUndefined();
      const recorded = await store.append('provider-1', -1, drafts('a', 'b'));
      expect(store.head()).toBe(recorded.at(-1)?.position);
      const reopened = await reopen();
      expect(reopened.head()).toBe(recorded.at(-1)?.position);
      expect(reopened.health()).toMatchObject({ head: reopened.head(), waiting: 0, problem: undefined });
    });

    test('of another log are unknown', async () => {
      const [{ store }, { store: other }] = [await open(), await open()];
      const [ours] = await store.append('provider-1', -1, drafts('a'));
      const [foreign] = await other.append('provider-1', -1, drafts('a'));
      const [a, b] = [ours?.position ?? '', foreign?.position ?? ''];
      expect(() => store.compare(a, b)).toThrow(UnknownPosition);
      expect(() => store.compare(b, a)).toThrow(UnknownPosition);
      await expect(restOf(store, b)).rejects.toThrow(UnknownPosition);
      expect([store.owns(a), store.owns(b), other.owns(a), other.owns(b)]).toEqual([true, false, false, true]);
      expect(() => requireOwn(store, b)).toThrow(UnknownPosition);
    });

    test('that are malformed are unknown', async () => {
      const { store } = await open();
      const [first] = await store.append('provider-1', -1, drafts('a'));
      const position = first?.position ?? '';
      for (const wrong of ['', position.replace(/\d+$/, ''), `${position} `, `${position}x`, 'x']) {
        expect(() => store.compare(position, wrong)).toThrow(UnknownPosition);
        expect(store.owns(wrong)).toBe(false);
        await expect(restOf(store, wrong)).rejects.toThrow(UnknownPosition);
      }
    });

    test('that the log has not reached are unknown to whoever follows from there', async () => {
      const { store } = await open();
      const [first] = await store.append('provider-1', -1, drafts('a'));
      const beyond = (first?.position ?? '').replace(/\d+$/, `${Number.MAX_SAFE_INTEGER}`);
      await expect(restOf(store, beyond)).rejects.toThrow(UnknownPosition);
    });
  });
}
