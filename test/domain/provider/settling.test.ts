import { expect, test } from '@jest/globals';
import { restBetweenLooksMs } from '../../../src/domain/provider/settling.js';

const minutes = 60_000;

test('credentials are looked at the more seldom the longer ago they were issued', () => {
  const ages = [-5 * minutes, 0, minutes, 10 * minutes, 30 * minutes, 150 * minutes, 72 * 60 * minutes];
  expect(ages.map(restBetweenLooksMs)).toEqual([2_000, 2_000, 2_000, 20_000, 60_000, 300_000, 300_000]);
});
