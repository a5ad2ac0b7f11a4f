/** Every fold refuses an event that is none of its stream's: what it means cannot be known, so nothing may follow it. */
import { expect, test } from '@jest/globals';
import { aggregates } from '../../src/application/streams/aggregates.js';
import type { StreamKind } from '../../src/domain/events.js';

/** Any of them; the union of all would be too much for the compiler. */
type Fold = { readonly initial: unknown; evolve(state: never, event: never, at: string, by: string): unknown };

const kinds = Object.keys(aggregates) as readonly StreamKind[];
const unknown = { type: 'Unknown', recordedType: 'SomethingNew', data: {} } as never;
const at = '2026-11-24T08:00:00.000Z';

test.each(kinds)('the fold of %s', (kind) => {
  const { initial, evolve } = aggregates[kind] as Fold;
  expect(() => evolve(initial as never, unknown, at, 'issuer#u-1')).toThrow(
    'SomethingNew: this version knows no such event in this stream',
  );
});
