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
const count = (history: readonly ProofEvent[], providerId: string, rows = [stop], since?: string) => [
  ...history,
  ...countWrong({ providerId, rows, since }, counted(history)),
];

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
