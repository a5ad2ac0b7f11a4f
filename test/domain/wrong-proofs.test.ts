/** Live proofs that came out wrong, counted at their payer: each provider once in a row, and anew after each resume. */
import { expect, test } from '@jest/globals';
import {
  countWrong,
  evolveProofs,
  noWrongProofs,
  type ProofEvent,
  repeatedIn,
  type WrongProofs,
} from '../../src/domain/wrong-proofs.js';
import { minute } from '../support/given.js';

const [stop, close] = ['administrators cloudtrail:StopLogging', 'operations support:CreateCase'];
const counted = (history: readonly ProofEvent[]): WrongProofs => history.reduce(evolveProofs, noWrongProofs);
const count = (
  history: readonly ProofEvent[],
  providerId: string,
  rows = [stop],
  since?: string,
  provedAt = minute(9),
) => [...history, ...countWrong({ providerId, rows, since, provedAt, assignedUnder: undefined }, counted(history))];

test('the third provider in one row is one too many, and a provider is counted once', () => {
  let history: ProofEvent[] = [];
  for (const id of ['a', 'b', 'b', 'a']) history = count(history, id);
  expect(history).toHaveLength(2);
  expect(repeatedIn([stop], counted(history))).toBeUndefined();
  history = count(history, 'c', [close, stop]);
  expect(history.at(-1)).toEqual({ type: 'LiveProofFailed', providerId: 'c', rows: [close, stop] });
  expect(repeatedIn([close, stop], counted(history))).toBe(stop);
  expect(repeatedIn([close], counted(history))).toBeUndefined();
});

test('rows count each for themselves', () => {
  const history = count(count(count([], 'a', [stop]), 'b', [close]), 'c', [stop, close]);
  expect(repeatedIn([stop, close], counted(history))).toBeUndefined();
});

test('a row that has come to its number is put on record no more, so that the stream stays short', () => {
  const full = ['a', 'b', 'c'].reduce((history, id) => count(history, id), [] as ProofEvent[]);
  expect(count(full, 'd')).toHaveLength(3);
  expect(count(full, 'd', [stop, close]).at(-1)).toMatchObject({ providerId: 'd', rows: [close] });
  expect(repeatedIn([stop], counted(full))).toBe(stop);
});

test('each resume of the payer begins anew, and a pause does not', () => {
  const full = ['a', 'b', 'c'].reduce((history, id) => count(history, id), [] as ProofEvent[]);
  expect(count(full, 'a', [stop])).toHaveLength(3);
  const resumed = count(full, 'a', [stop], minute(1));
  expect(resumed.at(-1)).toMatchObject({ providerId: 'a', since: minute(1) });
  expect(repeatedIn([stop], counted(resumed))).toBeUndefined();
  expect(count(resumed, 'b', [stop]).at(-1)).toMatchObject({ providerId: 'b', since: minute(1) });
  expect(repeatedIn([stop], counted(count(count(resumed, 'b', [stop], minute(1)), 'd', [stop], minute(1))))).toBe(stop);
});

test('what AWS was asked before the resume is not counted after it, whether the payer has been counted at since or not', () => {
  const asked = ['a', 'b', 'c'].reduce(
    (history, id) => count(history, id, [stop], minute(2), minute(1)),
    [] as ProofEvent[],
  );
  expect(asked).toEqual([]);
  const next = count(asked, 'd', [stop], minute(2), minute(2));
  expect(next).toHaveLength(1);
  expect(count(next, 'a', [stop], minute(2), minute(1))).toEqual(next);
  expect(count(next, 'a', [stop], undefined, minute(1))).toEqual(next);
  const skewed = { providerId: 'a', rows: [stop], since: minute(2), provedAt: minute(1), assignedUnder: minute(2) };
  expect(countWrong(skewed, counted(next))).toHaveLength(1);
});
