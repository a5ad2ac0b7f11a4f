/** Appends are handed to the client while it takes them without waiting, in their order, and so many unanswered at most. */
import { expect, test } from '@jest/globals';
import { SendPace } from '../../../../src/infrastructure/event-store/eventstoredb/send-pace.js';
import { until } from '../../../support/waiting.js';

/** A call that writes when it is told to, and answers when it is told to. */
function call() {
  const sent: number[] = [];
  const answers: (() => void)[] = [];
  return {
    sent,
    answers,
    send: (n: number) => (): Promise<number> => {
      sent.push(n);
      return new Promise((resolve) => answers.push(() => resolve(n)));
    },
  };
}

const reached = (sent: readonly number[], count: number) =>
  until(
    async () => sent.length,
    (length) => length === count,
  );

test('no more than twelve are handed over while no call is open, and the others in their order as answers come', async () => {
  const { sent, answers, send } = call();
  const pace = new SendPace(() => undefined);
  const all = Array.from({ length: 40 }, (_, n) => pace.run(send(n)));
  await reached(sent, 12);
  for (let answered = 0; answered < 40; answered++) {
    expect(sent.length).toBeLessThanOrEqual(answered + 12);
    await reached(sent, Math.min(40, answered + 12));
    answers.shift()?.();
  }
  expect(await Promise.all(all)).toEqual(sent);
  expect(sent).toEqual(Array.from({ length: 40 }, (_, n) => n));
});

test('nothing is handed over while the open call has twelve unwritten', async () => {
  const { sent, answers, send } = call();
  let unwritten = 12;
  const pace = new SendPace(() => unwritten);
  const one = pace.run(send(0));
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toEqual([]);
  unwritten = 0;
  await reached(sent, 1);
  answers[0]?.();
  expect(await one).toBe(0);
});

test('a hundred and twenty-eight wait for their answers at most', async () => {
  const { sent, answers, send } = call();
  const pace = new SendPace(() => 0);
  const all = Array.from({ length: 130 }, (_, n) => pace.run(send(n)));
  await reached(sent, 128);
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toHaveLength(128);
  for (const answer of answers.splice(0)) answer();
  await reached(sent, 130);
  for (const answer of answers) answer();
  expect(await Promise.all(all)).toHaveLength(130);
});

test('one that fails gives its place to the next', async () => {
  const pace = new SendPace(() => undefined);
  const failing = Array.from({ length: 30 }, (_, n) => pace.run(async () => Promise.reject(new Error(`${n}`))));
  const ended = await Promise.allSettled(failing);
  expect(ended.every(({ status }) => status === 'rejected')).toBe(true);
  expect(await pace.run(async () => 'after')).toBe('after');
});
