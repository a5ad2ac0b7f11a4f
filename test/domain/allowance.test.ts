import { expect, test } from '@jest/globals';
import { type Allowance, dayOf, decideAllowance, evolveAllowance, wholeAllowance } from '../../src/domain/allowance.js';
import { Refusal } from '../../src/domain/refusal.js';

const at = Date.parse('2026-11-24T23:59:30.500Z');
const count = (providerId: string, allowance: Allowance, perDay = 2) =>
  decideAllowance({ type: 'CountRequest', providerId, at }, allowance, perDay);
const after = (...ids: readonly string[]): Allowance =>
  ids.reduce(
    (allowance, providerId) => evolveAllowance(allowance, { type: 'RequestCounted', providerId }),
    wholeAllowance,
  );

test('a new request takes a place, and counted again it takes none', () => {
  expect(count('a', wholeAllowance)).toEqual([{ type: 'RequestCounted', providerId: 'a' }]);
  expect(count('a', after('a'))).toEqual([]);
  expect(count('b', after('a'))).toEqual([{ type: 'RequestCounted', providerId: 'b' }]);
});

test('without a place left a new request is refused until the next day, and one that has its place is not', () => {
  expect(count('a', after('a', 'b'))).toEqual([]);
  const refusal = refusalOf(() => count('c', after('a', 'b')));
  expect(refusal.code).toBe('rate-limited');
  expect(refusal.words).toMatch(/2 accounts today, and 2 a day are allowed/);
  expect(refusal.fields).toMatchObject([{ field: 'organization', allowed: '2 a day' }]);
  expect(refusal.details).toEqual({ retryAfterSeconds: 30, tryAgainAt: '2026-11-25T00:00:00.000Z', limit: 2 });
});

test('days are those of UTC', () => {
  expect([dayOf(at), dayOf(at + 30_000)]).toEqual(['2026-11-24', '2026-11-25']);
});

function refusalOf(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}
