import { expect, test } from '@jest/globals';
import {
  type AccessCommand,
  type AccessEvent,
  decideAccess,
  evolveAccess,
  mostUsesPerHour,
  nobodyYet,
  refuseOverLimit,
} from '../../src/domain/access.js';

const limits = { revealsPerHour: 2, consoleSessionsPerHour: 1 };
const reveal = (at: string): AccessCommand => ({ type: 'Reveal', generation: 1, at });
const at = (time: string): string => `2026-11-24T${time}:00.000Z`;
const after = (...events: readonly AccessEvent[]) => events.reduce(evolveAccess, nobodyYet);
const revealed = (time: string): AccessEvent => ({ type: 'CredentialsRevealed', generation: 1, at: at(time) });

test('a use within the limit is a fact', () => {
  expect(decideAccess(reveal(at('10:00')), after(revealed('09:50')), limits)).toEqual([revealed('10:00')]);
  expect(decideAccess({ type: 'OpenConsole', role: 'read-only', at: at('10:00') }, nobodyYet, limits)).toEqual([
    { type: 'ConsoleSessionOpened', role: 'read-only', at: at('10:00') },
  ]);
});

test('a use over the limit is refused, and the refusal is a fact only once', () => {
  const full = after(revealed('09:30'), revealed('09:50'));
  const refused = decideAccess(reveal(at('10:00')), full, limits);
  expect(refused).toEqual([{ type: 'AccessRefused', what: 'reveal', reason: 'rate-limit', at: at('10:00') }]);
  expect(decideAccess(reveal(at('10:01')), refused.reduce(evolveAccess, full), limits)).toEqual([]);
  expect(() => refuseOverLimit(reveal(at('10:00')), full, limits)).toThrow(/2 times within an hour/);
});

test('the highest limit that may be configured is kept', () => {
  const highest = { revealsPerHour: mostUsesPerHour, consoleSessionsPerHour: mostUsesPerHour };
  const full = after(...Array.from({ length: mostUsesPerHour }, () => revealed('09:50')));
  expect(() => refuseOverLimit(reveal(at('10:00')), full, highest)).toThrow(/1000 times within an hour/);
});

test.each([
  ['10:00', [revealed('09:30'), revealed('09:50')], 1800, 'in 30 minutes'],
  ['10:29', [revealed('09:30'), revealed('09:50')], 60, 'in a minute'],
  ['10:00', [revealed('09:10'), revealed('09:30'), revealed('09:50')], 1800, 'in 30 minutes'],
])('a refusal at %s says when the next use is within the limit', (now, uses, retryAfterSeconds, words) => {
  const refused = expect.objectContaining({ details: { retryAfterSeconds }, words: expect.stringContaining(words) });
  expect(() => refuseOverLimit(reveal(at(now)), after(...uses), limits)).toThrow(refused);
});

test('an hour later the same use is allowed, and each kind of use has a limit of its own', () => {
  const full = after(revealed('09:30'), revealed('09:50'));
  expect(decideAccess(reveal(at('10:31')), full, limits)).toEqual([revealed('10:31')]);
  expect(() =>
    refuseOverLimit({ type: 'OpenConsole', role: 'read-only', at: at('10:00') }, full, limits),
  ).not.toThrow();
});
