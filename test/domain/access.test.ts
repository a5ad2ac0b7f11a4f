import { expect, test } from '@jest/globals';
import {
  type AccessEvent,
  evolveAccess,
  monthsFrom,
  mostUsesPerHour,
  neverUsed,
  together,
} from '../../src/domain/access.js';
import { type AccessCommand, decideAccess, refuseOverLimit } from '../../src/domain/access-limits.js';

const limits = { revealsPerHour: 2, consoleSessionsPerHour: 1 };
const reveal = (at: string): AccessCommand => ({ type: 'Reveal', generation: 1, at });
const at = (time: string): string => `2026-11-24T${time}:00.000Z`;
const after = (...events: readonly AccessEvent[]) => events.reduce(evolveAccess, neverUsed);
const revealed = (time: string): AccessEvent => ({ type: 'CredentialsRevealed', generation: 1, at: at(time) });

test('a use within the limit is a fact', () => {
  expect(decideAccess(reveal(at('10:00')), after(revealed('09:50')), limits)).toEqual([revealed('10:00')]);
  expect(decideAccess({ type: 'OpenConsole', role: 'read-only', at: at('10:00') }, neverUsed, limits)).toEqual([
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
  const refused = expect.objectContaining({
    details: { retryAfterSeconds, limit: 2 },
    words: expect.stringContaining(words),
  });
  expect(() => refuseOverLimit(reveal(at(now)), after(...uses), limits)).toThrow(refused);
});

test('an hour later the same use is allowed, and each kind of use has a limit of its own', () => {
  const full = after(revealed('09:30'), revealed('09:50'));
  expect(decideAccess(reveal(at('10:31')), full, limits)).toEqual([revealed('10:31')]);
  expect(() =>
    refuseOverLimit({ type: 'OpenConsole', role: 'read-only', at: at('10:00') }, full, limits),
  ).not.toThrow();
});

const opened = (time: string): AccessEvent => ({ type: 'ConsoleSessionOpened', role: 'read-only', at: at(time) });
const notOpened = (time: string): AccessEvent => ({
  ...{ type: 'AccessRefused', what: 'console-session', reason: 'not-opened', at: at(time) },
});
const ask = (time: string): AccessCommand => ({ type: 'AskForConsole', at: at(time) });

test('what AWS did not open is a fact, and uses up nothing of the limit of sessions', () => {
  expect(decideAccess({ type: 'FailConsole', at: at('10:00') }, neverUsed, limits)).toEqual([notOpened('10:00')]);
  const failed = after(notOpened('09:50'));
  expect(
    decideAccess({ type: 'OpenConsole', role: 'read-only', at: at('10:00') }, after(opened('08:00')), limits),
  ).toEqual([opened('10:00')]);
  expect(() => refuseOverLimit(reveal(at('10:00')), failed, limits)).not.toThrow();
});

test('who asks too often for what AWS does not open is held up, once on record, until an hour after the failure', () => {
  const failed = after(notOpened('09:30'));
  const limited = decideAccess(ask('10:00'), failed, limits);
  expect(limited).toEqual([{ type: 'AccessRefused', what: 'console-session', reason: 'rate-limit', at: at('10:00') }]);
  expect(decideAccess(ask('10:01'), limited.reduce(evolveAccess, failed), limits)).toEqual([]);
  expect(() => refuseOverLimit(ask('10:00'), failed, limits)).toThrow(
    /AWS did not open the console 1 times within an hour.*30 minutes/,
  );
  expect(decideAccess(ask('10:31'), failed, limits)).toEqual([]);
  expect(() => refuseOverLimit(ask('10:31'), failed, limits)).not.toThrow();
});

test('a session that AWS opened beyond the limit is refused all the same', () => {
  const full = after(opened('09:30'));
  expect(decideAccess({ type: 'OpenConsole', role: 'read-only', at: at('10:00') }, full, limits)).toEqual([
    { type: 'AccessRefused', what: 'console-session', reason: 'rate-limit', at: at('10:00') },
  ]);
});

test('the uses of an hour that began in another stream count together', () => {
  const uses = together(after(revealed('09:30')), after(revealed('09:50')));
  expect(() => refuseOverLimit(reveal(at('10:00')), uses, limits)).toThrow(/2 times within an hour/);
  expect(() => refuseOverLimit(reveal(at('10:31')), uses, limits)).not.toThrow();
});

test('months are counted over the turn of a year', () => {
  expect(monthsFrom('2025-11-30T23:59:59.999Z', '2026-02-01T00:00:00.000Z')).toEqual([
    ...['2025-11', '2025-12', '2026-01', '2026-02'],
  ]);
  expect(monthsFrom('2026-02-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z')).toEqual(['2026-02']);
});
