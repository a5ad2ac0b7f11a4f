/** Percentiles from classes, and periods of days. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { classOf, countIn, type Histogram, merged, percentile } from '../../src/domain/percentiles.js';
import { dayAfter, isDay, lastDayOf, periodNames, periodsOf } from '../../src/domain/periods.js';

const histogramOf = (all: readonly number[]): Histogram => merged(all.map((ms) => new Map([[classOf(ms), 1]])));

test('a percentile from classes is within a twentieth of the exact one', () => {
  const durations = fc.array(fc.integer({ min: 1, max: 86_400_000 }), { minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(durations, fc.constantFrom(0.5, 0.9, 0.99, 1), (all, share) => {
      const sorted = [...all].sort((a, b) => a - b);
      const exact = sorted[Math.max(0, Math.ceil(share * all.length) - 1)] ?? 0;
      const told = percentile(histogramOf(all), share) ?? 0;
      // Whole milliseconds cannot be told more closely than by half of one.
      expect(Math.abs(told - exact)).toBeLessThanOrEqual(exact * 0.05 + 0.5);
      expect(countIn(histogramOf(all))).toBe(all.length);
    }),
  );
  expect(percentile(new Map(), 0.5)).toBeUndefined();
});

test('periods hold every day between two days once, in order', () => {
  const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(day, fc.nat(800), fc.constantFrom(...periodNames), (first, days, by) => {
      const from = first.toISOString().slice(0, 10);
      const to = dayAfter(from, days);
      const periods = periodsOf(from, to, by);
      expect([periods[0]?.from, periods.at(-1)?.to]).toEqual([from, to]);
      for (const [n, period] of periods.entries()) {
        expect(period.from <= period.to && lastDayOf(period.from, by) >= period.to).toBe(true);
        if (n > 0) expect(period.from).toBe(dayAfter(periods[n - 1]?.to ?? '', 1));
      }
    }),
  );
});

test.each([
  ['2026-11-24', 'week', '2026-11-29'],
  ['2026-11-29', 'week', '2026-11-29'],
  ['2028-02-03', 'month', '2028-02-29'],
  ['2026-12-31', 'month', '2026-12-31'],
] as const)('%s lies in a %s that ends on %s', (day, by, last) => {
  expect(lastDayOf(day, by)).toBe(last);
});

test.each([['2026-02-29'], ['2026-13-01'], ['2026-1-1'], ['today']])('%s is no day', (text) => {
  expect(isDay(text)).toBe(false);
});
