/** A line of the log holds the fields that are allowed there and no other, so that a secret has no place to get out by. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Log, LogLevel } from '../../../src/application/ports/log.js';
import { type LogFacts, logFields } from '../../../src/application/ports/log-fields.js';
import { openLog } from '../../../src/infrastructure/logging/pino-log.js';

/** What a log wrote after something was said to it. */
function written(say: (log: Log) => void, level: LogLevel = 'info'): string[] {
  const lines: string[] = [];
  say(openLog({ level, destination: { write: (line) => void lines.push(line) } }));
  return lines;
}

/** The one line for facts of which the compiler knows nothing, as when a library's object is spread into them. */
function lineOf(facts: object): Readonly<Record<string, unknown>> {
  const [line = '', ...more] = written((log) => log.info(facts as LogFacts, 'Said.'));
  expect([more, line.endsWith('}\n'), line.indexOf('\n')]).toEqual([[], true, line.length - 1]);
  return JSON.parse(line);
}

test('lines are JSON with level, time and words, from the chosen level on, which may change', () => {
  const lines: string[] = [];
  const log = openLog({ level: 'warn', destination: { write: (line) => void lines.push(line) } });
  log.info({}, 'not written');
  log.warn({ payerId: 'payer-1' }, 'Slow.');
  log.setLevel('info');
  log.info({ tries: 2 }, 'written');
  log.setLevel('silent');
  log.error({}, 'not written');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { level: 'warn', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), payerId: 'payer-1', msg: 'Slow.' },
    { level: 'info', time: expect.any(String), tries: 2, msg: 'written' },
  ]);
});

test('a field that nobody allowed is dropped with its name, and counted', () => {
  const { time: _, ...line } = lineOf({ step: 'Reveal', temporaryPassword: 'p', 'ada@acme.example': 1, headers: {} });
  expect(line).toEqual({ level: 'info', step: 'Reveal', dropped: 3, msg: 'Said.' });
});

test.each([
  ['text', { step: { password: 'hunter2' } }, { step: '[masked]' }],
  ['text', { words: ['hunter2'] }, { words: '[masked]' }],
  ['a list of texts', { changed: ['a', { password: 'hunter2' }] }, { changed: ['a', '[masked]'] }],
  ['a list of texts', { changed: 'hunter2' }, { changed: '[masked]' }],
  ['a number', { status: 'hunter2' }, { status: '[masked]' }],
  ['yes or no', { holds: { hunter2: true } }, { holds: '[masked]' }],
  ['an error', { error: { message: 'hunter2' } }, { error: '[masked]' }],
])('a value that is not %s where its field is is not told', (_kind, facts, expected) => {
  expect(lineOf(facts)).toMatchObject(expected);
  expect(JSON.stringify(lineOf(facts))).not.toContain('hunter2');
});

test('of an error nothing is told but name, message, stack and causes, with tokens in them masked', () => {
  class CallFailed extends Error {
    override readonly name = 'CallFailed';
    readonly $response = { headers: { authorization: 'hunter2' } };
    readonly password = 'hunter2';
  }
  const cause = new CallFailed('Bearer hunter2 was refused');
  cause.cause = { body: 'hunter2' };
  const line = lineOf({ error: new CallFailed('x-amz-security-token: hunter2 does not match', { cause }) });
  expect(line.error).toEqual({
    name: 'CallFailed',
    message: 'x-amz-security-token: [masked] does not match',
    stack: expect.stringContaining('pino-log.test.ts'),
    cause: expect.objectContaining({ message: 'Bearer [masked] was refused', cause: '[masked]' }),
  });
  expect(JSON.stringify(line)).not.toContain('hunter2');
});

test('errors that are causes of each other come to an end', () => {
  const one = new Error('one');
  one.cause = new Error('other', { cause: one });
  expect(JSON.stringify(lineOf({ error: one })).split('"cause"')).toHaveLength(5);
});

const secret = 'hunter2-4f1c';
const leaf = fc.oneof(fc.constant(secret), fc.integer(), fc.boolean(), fc.constant(null));
const anywhere = fc.letrec((tie) => ({
  value: fc.oneof(leaf, fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(names(), tie('value'), { maxKeys: 3 })),
})).value;

/** Allowed names among others, one of which is a secret itself. */
function names() {
  const any = fc.string().filter((name) => !Object.hasOwn(logFields, name));
  return fc.oneof(fc.constantFrom('password', secret, '__proto__', 'toJSON', 'msg', 'level', 'err'), any);
}

test('a secret in any unnamed place of any object stays inside', () => {
  const kept = new Set([...Object.keys(logFields), 'level', 'time', 'msg', 'dropped']);
  const facts = fc.dictionary(names(), anywhere, { maxKeys: 6 });
  fc.assert(
    fc.property(facts, fc.constantFrom(...Object.keys(logFields)), anywhere, (unknown, field, nested) => {
      const line = lineOf({ ...unknown, [field]: { within: nested } });
      expect(Object.keys(line).filter((name) => !kept.has(name))).toEqual([]);
      expect(JSON.stringify(line)).not.toContain(secret);
    }),
    { numRuns: 1_000 },
  );
});

test('text cannot begin a line of its own', () => {
  const forged = 'x\n{"level":"error","msg":"forged"}\r\u2028';
  expect(lineOf({ words: forged, changed: [forged] })).toMatchObject({ words: forged, changed: [forged] });
  expect(written((log) => log.warn({}, forged))).toHaveLength(1);
});
