/** A cursor of the queue finds its place again while others are served, withdraw or come. */
import { expect, test } from '@jest/globals';
import { v5 } from 'uuid';
import { cursorAfter, placeAfter } from '../../../src/application/queries/queue-cursor.js';
import type { Waiting } from '../../../src/domain/queue/queue.js';
import { Refusal } from '../../../src/domain/refusal.js';

const waiting = (name: string): Waiting => ({
  ...{ providerId: v5(name, v5.URL), organization: name, territory: 'US', returnsTo: null },
  since: '2026-11-24T08:00:00.000Z',
});
const all = Array.from('abcdefghijklmnopqrstuvwxyz', waiting);
const cursor = cursorAfter(all.slice(0, 10));

test('a page begins behind the last who was on the one before it', () => {
  expect(placeAfter(cursor, all)).toBe(10);
  expect(placeAfter(cursorAfter(all.slice(0, 1)), all)).toBe(1);
  expect(cursor).toMatch(/^[\w-]{1,200}$/);
});

test('nobody is passed over or told twice when those at the front were served, or the last of the page withdrew', () => {
  expect(placeAfter(cursor, all.slice(4))).toBe(6);
  expect(placeAfter(cursor, [...all.slice(0, 9), ...all.slice(10)])).toBe(9);
  expect(placeAfter(cursor, [waiting('new'), ...all])).toBe(11);
});

test('where everybody of the page has gone, it begins at the front', () => {
  expect(placeAfter(cursor, all.slice(10))).toBe(0);
});

test.each(['', '!', 'AAAA', cursor.slice(0, -4), `${cursor}${cursor}`])('%j is no cursor', (text) => {
  expect(() => placeAfter(text, all)).toThrow(Refusal);
});
