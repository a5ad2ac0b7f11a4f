/** When a stream may be set aside, when it may be used again, and what readers then leave out. */
import { expect, test } from '@jest/globals';
import {
  decideQuarantine,
  evolveQuarantine,
  type Flaw,
  nothingSetAside,
  type QuarantineEvent,
} from '../../src/domain/quarantine.js';
import {
  changesBetween,
  isLeftOut,
  leftOutBy,
  textOf,
  withChange,
} from '../../src/projections/engine/quarantine-filter.js';
import { minute } from '../support/given.js';

const stream = 'provider-1';
const cause = 'AccountClosed: unknown event type';
const at = (revision: number): Flaw => ({ revision, cause });
const aside = (fromRevision = 4, of = stream): QuarantineEvent => ({
  ...{ type: 'StreamQuarantined', stream: of, fromRevision, cause },
  reason: 'Rolled back.',
});
const lifted: QuarantineEvent = { type: 'QuarantineLifted', stream, reason: 'Mended.' };

const given = (...history: readonly QuarantineEvent[]) =>
  history.reduce((state, event, n) => evolveQuarantine(state, event, minute(n)), nothingSetAside);
const setAside = (flaw: Flaw | undefined) => ({ type: 'SetAside', stream, reason: 'Rolled back.', flaw }) as const;
const lift = (flaw: Flaw | undefined) => ({ type: 'Lift', stream, reason: 'Mended.', flaw }) as const;

test('a stream that cannot be read is set aside, once', () => {
  expect(decideQuarantine(setAside(at(4)), given())).toEqual([aside()]);
  expect(decideQuarantine(setAside(at(4)), given(aside()))).toEqual([]);
  expect(decideQuarantine(setAside(undefined), given(aside()))).toEqual([]);
  expect(decideQuarantine(setAside(at(4)), given(aside(), lifted))).toEqual([aside()]);
});

test('one that fails earlier than was known is set aside from there, since the time of the first decision', () => {
  expect(decideQuarantine(setAside(at(2)), given(aside()))).toEqual([aside(2)]);
  expect(given(aside(), aside(2)).setAside[stream]).toMatchObject({ fromRevision: 2, since: minute(0) });
});

test('one that can be read is not set aside', () => {
  expect(() => decideQuarantine(setAside(undefined), given())).toThrow(/can be read, so there is nothing/);
});

test('it is used again once it can be read', () => {
  expect(decideQuarantine(lift(undefined), given(aside()))).toEqual([lifted]);
  expect(decideQuarantine(lift(undefined), given(aside(), lifted))).toEqual([]);
  expect(() => decideQuarantine(lift(at(4)), given(aside()))).toThrow(/revision 4 still cannot be read/);
  expect(() => decideQuarantine(lift(undefined), given())).toThrow(/is not set aside/);
  expect(given(aside(), lifted).setAside).toEqual({});
});

test('decisions that contradict each other are corrupt history', () => {
  expect(() => given(lifted)).toThrow(/which is not set aside/);
  expect(() => given(aside(), lifted, lifted)).toThrow(/which is not set aside/);
});

test('readers leave out the first unreadable event and what follows it, in its stream alone', () => {
  const out = leftOutBy(given(aside(4)));
  const isOut = isLeftOut(out);
  const places = [3, 4, 5].map((revision) => isOut({ stream, revision }));
  expect([...places, isOut({ stream: 'provider-2', revision: 9 })]).toEqual([false, true, true, false]);
  const [one, other] = [given(aside(4), aside(7, 'provider-2')), given(aside(7, 'provider-2'), aside(4))];
  expect(textOf(leftOutBy(one))).toBe(textOf(leftOutBy(other)));
});

test('a change of decisions concerns the streams that it treats differently, each from which revision to which', () => {
  const [none, one] = [leftOutBy(given()), leftOutBy(given(aside(4)))];
  const both = leftOutBy(given(aside(4), aside(7, 'provider-2')));
  const all = Number.POSITIVE_INFINITY;
  expect(changesBetween(one, one)).toEqual([]);
  expect(changesBetween(none, one)).toEqual([{ stream, before: all, after: 4 }]);
  expect(changesBetween(both, one)).toEqual([{ stream: 'provider-2', before: 7, after: all }]);
  expect(changesBetween(none, both).reduce(withChange, none)).toEqual(both);
  expect(textOf(changesBetween(both, none).reduce(withChange, both))).toBe(textOf(none));
});
