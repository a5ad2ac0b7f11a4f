/** A name in ASCII is brought to its comparable form by its case alone: the way for any script must say the same of it. */
import { expect, test } from '@jest/globals';
import { comparable } from '../../../src/projections/provider-status/listed.js';

/** A letter of another script at the end keeps the whole name off the short way, and comes out as itself. */
const theLongWay = (name: string): string => comparable(`${name}字`).slice(0, -1);

test('every name of two characters of ASCII is the same either way', () => {
  const characters = Array.from({ length: 95 }, (_, n) => String.fromCharCode(32 + n));
  const names = characters.flatMap((first) => characters.map((second) => first + second));
  expect(names.filter((name) => comparable(name) !== theLongWay(name))).toEqual([]);
  expect(comparable('PROD Account-1')).toBe('prod account-1');
});

test('a name in other scripts still loses its case and its accents', () => {
  expect([comparable('Übung'), comparable('ΟΔΟΣ')]).toEqual(['ubung', 'οδοσ']);
});
