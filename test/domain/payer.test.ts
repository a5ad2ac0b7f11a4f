import { expect, test } from '@jest/globals';
import { decidePayer, evolvePayer, type PayerCommand, type PayerEvent, vendingPayer } from '../../src/domain/payer.js';
import { minute } from '../support/given.js';

const call = { operation: 'CreateAccount', requestId: 'car-1', error: 'MISSING_PAYMENT_INSTRUMENT', body: '{}' };
const refusal = { reason: 'payer-payment', words: 'The payment method is missing.', call };
const noted = (refusedAt: string, assignedUnder?: string): PayerCommand => ({
  ...{ type: 'NoteRefusal', ...refusal },
  ...{ refusedAt, assignedUnder },
});
const pause = { type: 'PauseVending', words: 'Moving.' } as const;
const resume = { type: 'ResumeVending' } as const;
const paused: PayerEvent = { type: 'VendingPaused', reason: 'operator', words: 'Moving.' };
const pausedByAws: PayerEvent = { type: 'VendingPaused', ...refusal };
const resumed: PayerEvent = { type: 'VendingResumed' };

/** What the command adds to a history whose events are a minute apart. */
const decided = (history: readonly PayerEvent[], command: PayerCommand): readonly PayerEvent[] =>
  decidePayer(
    command,
    history.reduce((payer, event, n) => evolvePayer(payer, event, minute(n)), vendingPayer),
  );

test('an operator pauses and resumes, each once', () => {
  expect(decided([], pause)).toEqual([paused]);
  expect(decided([paused], pause)).toEqual([]);
  expect(decided([paused], { ...pause, words: 'Still moving.' })).toEqual([{ ...paused, words: 'Still moving.' }]);
  expect(decided([paused], resume)).toEqual([resumed]);
  expect(decided([paused, resumed], resume)).toEqual([]);
  const words = expect.stringContaining('operator');
  expect(decided([], { type: 'PauseVending' })).toEqual([{ ...paused, words }]);
});

test("AWS's refusal pauses a payer once, however many meet it", () => {
  expect(decided([], noted(minute(0)))).toEqual([pausedByAws]);
  expect(decided([pausedByAws], noted(minute(1)))).toEqual([]);
  expect(decided([paused], noted(minute(1)))).toEqual([]);
  expect(decided([pausedByAws], pause)).toEqual([paused]);
});

test('a refusal from before the resume pauses nobody again, a later one does', () => {
  expect(decided([pausedByAws, resumed], noted(minute(0)))).toEqual([]);
  expect(decided([pausedByAws, resumed], noted(minute(2)))).toEqual([pausedByAws]);
});

test('what was assigned under the present resume was refused after it, however far the clock of the refusal is behind', () => {
  const history = [pausedByAws, resumed];
  expect(decided(history, noted(minute(-60), minute(1)))).toEqual([pausedByAws]);
  expect(decided(history, noted(minute(-60), ''))).toEqual([]);
  expect(decided(history, noted(minute(-60)))).toEqual([]);
  // Of a payer that nobody had ever paused; facts of earlier releases say so by an empty text.
  expect(decided([], noted(minute(-60), ''))).toEqual([pausedByAws]);
  expect(decided([], noted(minute(-60)))).toEqual([pausedByAws]);
});
