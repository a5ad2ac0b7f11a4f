/** When a stream may be set aside, when it may be used again, and what readers then leave out. */
import { expect, test } from '@jest/globals';
import {
  decideQuarantine,
  evolveQuarantine,
  type Flaw,
  nothingSetAside,
  type QuarantineEvent,
} from '../../src/domain/quarantine.js';
import { holdsStill, leavingOut, leftOut } from '../../src/projections/engine/quarantine-filter.js';
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
  const out = leavingOut(given(aside(4)));
  const isOut = leftOut(out);
  const places = [3, 4, 5].map((revision) => isOut({ stream, revision }));
  expect([...places, isOut({ stream: 'provider-2', revision: 9 })]).toEqual([false, true, true, false]);
  const [one, other] = [given(aside(4), aside(7, 'provider-2')), given(aside(7, 'provider-2'), aside(4))];
  expect(holdsStill(leavingOut(one), leavingOut(other), undefined)).toBe(true);
});

test('rows stay only where they are what a rebuild would give', () => {
  const [none, one] = [leavingOut(given()), leavingOut(given(aside(4)))];
  const both = leavingOut(given(aside(4), aside(7, 'provider-2')));
  const stopped = { stream, revision: 4 };
  expect(holdsStill(none, one, stopped)).toBe(true);
  expect(holdsStill(none, one, { stream, revision: 3 })).toBe(true);
  expect(holdsStill(none, one, { stream, revision: 5 })).toBe(false);
  expect(holdsStill(none, one, undefined)).toBe(false);
  expect(holdsStill(none, one, { stream: 'provider-2', revision: 7 })).toBe(false);
  expect(holdsStill(none, both, stopped)).toBe(false);
  expect(holdsStill(one, none, stopped)).toBe(false);
  expect(holdsStill(one, both, { stream: 'provider-2', revision: 7 })).toBe(true);
});
