import { expect, test } from '@jest/globals';
import {
  type AccessEvent,
  evolveAccess,
  monthsFrom,
  mostUsesPerHour,
  neverUsed,
  together,
  type Uses,
} from '../../src/domain/access.js';
import { type AccessCommand, decideAccess, refuseOverLimit } from '../../src/domain/access-limits.js';

const limits = {
  ...{ revealsPerHour: 2, consoleSessionsPerHour: 1, commandLineSessionsPerHour: 2 },
  ...{ revealsPerHourOfAll: 1_000, sessionsPerHourOfAll: 1_000 },
};
const [ada, bob] = ['issuer#ada', 'issuer#bob'];
const reveal = (at: string): AccessCommand => ({ type: 'Reveal', generation: 1, at, person: ada });
const session = { session: 'console-session', person: ada } as const;
const open = (at: string): AccessCommand => ({ type: 'OpenSession', role: 'read-only', ...session, at });
const fail = (at: string): AccessCommand => ({ type: 'FailSession', role: 'read-only', ...session, at });
const at = (time: string): string => `2026-11-24T${time}:00.000Z`;
const by = (person: string, uses: Uses, events: readonly AccessEvent[]): Uses =>
  events.reduce((before, event) => evolveAccess(before, event, event.at, person), uses);
const after = (...events: readonly AccessEvent[]) => by(ada, neverUsed, events);
const revealed = (time: string): AccessEvent => ({ type: 'CredentialsRevealed', generation: 1, at: at(time) });

test('a use within the limit is a fact', () => {
  expect(decideAccess(reveal(at('10:00')), after(revealed('09:50')), limits)).toEqual([revealed('10:00')]);
  expect(decideAccess(open(at('10:00')), neverUsed, limits)).toEqual([
    { type: 'ConsoleSessionOpened', role: 'read-only', at: at('10:00') },
  ]);
});

test('a use over the limit is refused, and the refusal is a fact only once', () => {
  const full = after(revealed('09:30'), revealed('09:50'));
  const refused = decideAccess(reveal(at('10:00')), full, limits);
  expect(refused).toEqual([{ type: 'AccessRefused', what: 'reveal', reason: 'rate-limit', at: at('10:00') }]);
  expect(decideAccess(reveal(at('10:01')), by(ada, full, refused), limits)).toEqual([]);
  expect(() => refuseOverLimit(reveal(at('10:00')), full, limits)).toThrow(/2 times within an hour/);
});

test('the highest limit that may be configured is kept', () => {
  const highest = { ...limits, revealsPerHour: mostUsesPerHour };
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
  expect(() => refuseOverLimit(open(at('10:00')), full, limits)).not.toThrow();
});

const opened = (time: string): AccessEvent => ({ type: 'ConsoleSessionOpened', role: 'read-only', at: at(time) });
const notOpened = (time: string): AccessEvent => ({
  ...{ type: 'AccessRefused', what: 'console-session', reason: 'not-opened', role: 'read-only', at: at(time) },
});
const ask = (time: string): AccessCommand => ({
  ...{ type: 'AskForSession', session: 'console-session', role: 'read-only', at: at(time), person: ada },
});

test('what AWS did not open is a fact, and uses up nothing of the limit of sessions', () => {
  expect(decideAccess(fail(at('10:00')), neverUsed, limits)).toEqual([notOpened('10:00')]);
  const failed = after(notOpened('09:50'));
  expect(decideAccess(open(at('10:00')), after(opened('08:00')), limits)).toEqual([opened('10:00')]);
  expect(() => refuseOverLimit(reveal(at('10:00')), failed, limits)).not.toThrow();
});

test('who asks too often for what AWS does not open is held up, once on record, until an hour after the failure', () => {
  const failed = after(notOpened('09:30'));
  const limited = decideAccess(ask('10:00'), failed, limits);
  expect(limited).toEqual([
    { type: 'AccessRefused', what: 'console-session', reason: 'rate-limit', role: 'read-only', at: at('10:00') },
  ]);
  expect(decideAccess(ask('10:01'), by(ada, failed, limited), limits)).toEqual([]);
  expect(() => refuseOverLimit(ask('10:00'), failed, limits)).toThrow(
    /AWS did not open the console 1 times within an hour.*30 minutes/,
  );
  expect(decideAccess(ask('10:31'), failed, limits)).toEqual([]);
  expect(() => refuseOverLimit(ask('10:31'), failed, limits)).not.toThrow();
});

test('a session that AWS opened beyond the limit is refused all the same', () => {
  const full = after(opened('09:30'));
  expect(decideAccess(open(at('10:00')), full, limits)).toEqual([
    { type: 'AccessRefused', what: 'console-session', reason: 'rate-limit', role: 'read-only', at: at('10:00') },
  ]);
});

test('sessions for the command line are counted for each person, apart from the console', () => {
  const keys = (person: string, time: string): AccessCommand => ({
    ...{ type: 'OpenSession', session: 'command-line-session', role: 'administrator', at: at(time), person },
  });
  const given = (time: string): AccessEvent => ({
    ...{ type: 'CommandLineSessionOpened', role: 'administrator', at: at(time) },
  });
  const full = by(ada, after(opened('09:20')), [given('09:30'), given('09:40')]);
  const limited = {
    ...{ type: 'AccessRefused', what: 'command-line-session', reason: 'rate-limit', role: 'administrator' },
    at: at('10:00'),
  };
  expect(decideAccess(keys(ada, '10:00'), full, limits)).toEqual([limited]);
  expect(() => refuseOverLimit(keys(ada, '10:00'), full, limits)).toThrow(/You did this 2 times.*30 minutes/);
  expect(decideAccess(keys(bob, '10:00'), full, limits)).toEqual([given('10:00')]);
  const onRecord = by(ada, full, [limited as AccessEvent]);
  expect(decideAccess(keys(ada, '10:01'), onRecord, limits)).toEqual([]);
  const both = by(bob, onRecord, [given('10:01'), given('10:02')]);
  expect(decideAccess(keys(bob, '10:03'), both, limits)).toEqual([{ ...limited, at: at('10:03') }]);
  expect(decideAccess(keys(ada, '10:31'), both, limits)).toEqual([given('10:31')]);
});

test('passwords and console sessions are counted for each person, who is refused once on record', () => {
  const full = by(bob, after(revealed('09:30'), revealed('09:50')), [opened('09:50')]);
  expect(decideAccess({ ...reveal(at('10:00')), person: bob }, full, limits)).toEqual([revealed('10:00')]);
  expect(decideAccess(open(at('10:00')), full, limits)).toEqual([opened('10:00')]);
  const refused = decideAccess(reveal(at('10:00')), full, limits);
  expect(refused).toEqual([{ type: 'AccessRefused', what: 'reveal', reason: 'rate-limit', at: at('10:00') }]);
  expect(decideAccess({ ...open(at('10:00')), person: bob }, by(ada, full, refused), limits)).toHaveLength(1);
});

test('all together have a bound as well, and those who only look use up nothing of the administrators', () => {
  const bounds = { ...limits, consoleSessionsPerHour: 2, revealsPerHourOfAll: 3, sessionsPerHourOfAll: 3 };
  const looked = ['issuer#1', 'issuer#2', 'issuer#3'].reduce(
    (uses, person) => by(person, uses, [opened('09:50')]),
    neverUsed,
  );
  expect(() => refuseOverLimit(open(at('10:00')), looked, bounds)).toThrow(
    /All together did this 3 times within an hour.*50 minutes/,
  );
  const administrator = { ...open(at('10:00')), role: 'administrator' } as AccessCommand;
  expect(() => refuseOverLimit(administrator, looked, bounds)).not.toThrow();
  const failed = ['issuer#1', 'issuer#2', 'issuer#3'].reduce(
    (uses, person) => by(person, uses, [notOpened('09:50')]),
    neverUsed,
  );
  expect(() => refuseOverLimit(ask('10:00'), failed, bounds)).toThrow(
    /AWS did not open the console, over all people, 3/,
  );
  expect(() => refuseOverLimit(administrator, failed, bounds)).not.toThrow();
  const shown = by(bob, after(revealed('09:30'), revealed('09:50')), [revealed('09:55')]);
  expect(() => refuseOverLimit({ ...reveal(at('10:00')), person: 'issuer#4' }, shown, bounds)).toThrow(/All together/);
});

test('a way of using credentials that only a newer version knows holds nothing up', () => {
  const strange = { type: 'AccessRefused', what: 'telephone', reason: 'not-opened', at: at('09:50') };
  expect(decideAccess(open(at('10:00')), after(strange as never), limits)).toEqual([opened('10:00')]);
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
