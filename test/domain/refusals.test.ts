import { expect, test } from '@jest/globals';
import { Refusal } from '../../src/domain/refusal.js';
import {
  decideRefusals,
  evolveRefusals,
  noRefusals,
  notedBefore,
  type Refusals,
  type RefusalsEvent,
  type SameRefusal,
} from '../../src/domain/refusals.js';

const same: SameRefusal = { organizationRevision: 3, territory: 'US', person: 'issuer#u-1' };
const at = '2026-11-24T22:59:30.500Z';
const noted = (providerId: string, of: Partial<SameRefusal> = {}): RefusalsEvent => ({
  type: 'RefusalNoted',
  providerId,
  ...same,
  ...of,
});
const after = (...events: readonly RefusalsEvent[]): Refusals =>
  events.reduce((refusals, event) => evolveRefusals(refusals, event, at), noRefusals);
const note = (
  providerId: string,
  refusals: Refusals,
  more: { territory?: string; insteadOf?: string; at?: string } = {},
) => decideRefusals({ type: 'NoteRefusal', providerId, ...same, ...more, at: Date.parse(more.at ?? at) }, refusals, 2);

test('a refusal is noted once, and another takes its place only where it was never recorded', () => {
  expect(note('a', noRefusals)).toEqual([noted('a')]);
  expect(note('a', after(noted('a')))).toEqual([]);
  expect(note('b', after(noted('a')))).toEqual([]);
  expect(note('b', after(noted('a')), { insteadOf: 'a' })).toEqual([noted('b')]);
  expect(note('c', after(noted('a'), noted('b')), { insteadOf: 'a' })).toEqual([]);
});

test('a refusal is the same for the same facts, territory and person, and for no others', () => {
  const refusals = after(noted('a'));
  expect(notedBefore(refusals, same)).toBe('a');
  expect(notedBefore(refusals, { ...same, organizationRevision: 4 })).toBeUndefined();
  expect(notedBefore(refusals, { ...same, territory: 'DE' })).toBeUndefined();
  expect(notedBefore(refusals, { ...same, person: 'issuer#u-2' })).toBeUndefined();
});

test('so many are noted within an hour, and as many again in the next; what is noted needs no room', () => {
  const full = after(noted('a'), noted('b', { territory: 'DE' }));
  expect(note('c', after(noted('a')), { territory: 'FR' })).toHaveLength(1);
  const refusal = refusalOf(() => note('c', full, { territory: 'FR' }));
  expect(refusal).toMatchObject({ code: 'rate-limited', details: { retryAfterSeconds: 30 } });
  expect(refusal.fields).toMatchObject([{ field: 'organization', allowed: '2 an hour' }]);
  expect(note('c', full)).toEqual([]);
  const next = evolveRefusals(full, noted('c', { territory: 'FR' }), '2026-11-24T23:00:00.000Z');
  expect(next.inHour).toBe(1);
  expect(note('d', next, { territory: 'IT', at: '2026-11-24T23:59:59.999Z' })).toHaveLength(1);
});

test('an event of another stream is refused', () => {
  expect(() => evolveRefusals(noRefusals, { ...noted('a'), type: 'ProviderRenamed' } as never, at)).toThrow();
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
