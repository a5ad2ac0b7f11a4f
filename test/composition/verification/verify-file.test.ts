/** Every way to change a log that the guide names, done to a file, and what the verification says of it. */
import { copyFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { verifyFile } from '../../../src/composition/verification/verify-file.js';
import { type Check, verificationWords } from '../../../src/domain/audit/verification.js';
import { openSigner } from '../../../src/infrastructure/audit/signing-key.js';
import { openSqliteEventStore } from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { draft, sample } from '../../support/events.js';
import { copyOf, makeLog, rehash, shift, sql, type TamperedLog, tamper } from '../../support/tampered-log.js';

let log: TamperedLog;
beforeAll(async () => {
  log = await makeLog();
});

const verified = (
  file: string,
  head: string | undefined = log.head(log.events),
  keys: readonly string[] = [log.key],
) => {
  const found = verifyFile({ log: file, head, keys });
  if (!found) throw new Error('the verification was ended');
  return found;
};

type Change = (db: DatabaseSync) => void;
interface Attack {
  readonly does: string;
  readonly changes: readonly Change[];
  readonly firstBad: number;
  readonly noticedBy: Check;
  /** What is found where no head was kept outside. */
  readonly alone: 'changed' | 'self-consistent';
}

const term = `UPDATE events SET data = CAST(replace(CAST(data AS TEXT), '2018-07', '2019-07') AS BLOB) WHERE position = 6`;
const actor = `UPDATE events SET metadata = CAST(replace(CAST(metadata AS TEXT), 'subject-1', 'subject-2') AS BLOB) WHERE position = 10`;
const copied = `INSERT INTO events SELECT 20, stream, (SELECT max(revision) + 1 FROM events e WHERE e.stream = events.stream),
  randomblob(16), type, data, metadata, (SELECT hash FROM events e WHERE e.stream = events.stream ORDER BY revision DESC LIMIT 1), hash
  FROM events WHERE position = 10`;
const swap = (a: number, b: number) =>
  sql(
    `UPDATE events SET position = -1 WHERE position = ${a}`,
    `UPDATE events SET position = ${a} WHERE position = ${b}`,
    `UPDATE events SET position = ${b} WHERE position = -1`,
  );
const betweenStreams = sql(
  'UPDATE events SET stream = -stream WHERE position IN (12, 13)',
  'UPDATE events SET stream = 4 WHERE position = 12',
  'UPDATE events SET stream = 3 WHERE position = 13',
);

/** Positions 1 to 6 are the first facts of the six streams; from then on the streams come in turns. */
const attacks: readonly Attack[] = [
  {
    does: 'changes an accepted term',
    changes: [sql(term.replace('= 6', '= 8'))],
    firstBad: 8,
    noticedBy: 'bytes',
    alone: 'changed',
  },
  { does: 'changes who acted', changes: [sql(actor)], firstBad: 10, noticedBy: 'bytes', alone: 'changed' },
  {
    does: 'changes a term and sets the hashes of its stream anew',
    changes: [sql(term.replace('= 6', '= 7')), rehash('provider-p1', 1)],
    firstBad: 7,
    noticedBy: 'head',
    alone: 'self-consistent',
  },
  {
    does: 'deletes a fact',
    changes: [sql('DELETE FROM events WHERE position = 10')],
    firstBad: 10,
    noticedBy: 'positions',
    alone: 'changed',
  },
  {
    does: 'deletes a reveal, the last of its stream, and closes the gap',
    changes: [sql('DELETE FROM events WHERE position = 10'), shift(11, -1)],
    firstBad: 10,
    noticedBy: 'head',
    alone: 'self-consistent',
  },
  { does: 'inserts a fact', changes: [shift(20, 1), sql(copied)], firstBad: 20, noticedBy: 'bytes', alone: 'changed' },
  {
    does: 'inserts a fact with a hash that is right',
    changes: [shift(20, 1), sql(copied), rehash('access-p1-2026-11', 2)],
    firstBad: 20,
    noticedBy: 'head',
    alone: 'self-consistent',
  },
  {
    does: 'reorders facts of two streams',
    changes: [swap(7, 8)],
    firstBad: 7,
    noticedBy: 'head',
    alone: 'self-consistent',
  },
  { does: 'reorders facts of one stream', changes: [swap(8, 12)], firstBad: 8, noticedBy: 'chain', alone: 'changed' },
  {
    does: 'cuts off the last facts',
    changes: [sql('DELETE FROM events WHERE position > 24')],
    firstBad: 25,
    noticedBy: 'head',
    alone: 'self-consistent',
  },
  {
    does: 'swaps two facts between streams',
    changes: [betweenStreams],
    firstBad: 12,
    noticedBy: 'bytes',
    alone: 'changed',
  },
  {
    does: 'renames a stream',
    changes: [sql(`UPDATE streams SET name = 'provider-p9' WHERE id = 3`)],
    firstBad: 3,
    noticedBy: 'bytes',
    alone: 'changed',
  },
];

describe('against a head from outside, whoever', () => {
  test.each(attacks)('$does is found, and the first bad position is named', ({ changes, firstBad, noticedBy }) => {
    const file = copyOf(log, true);
    tamper(file, ...changes);
    const found = verified(file);
    expect([found.verdict, found.firstBad]).toEqual(['changed', firstBad]);
    expect(found.findings.map(({ check }) => check)).toContain(noticedBy);
    expect(found.head).toEqual({ size: log.events, signature: 'checked' });
  });

  test.each(attacks)('$does is found with the log and the head alone', ({ changes, firstBad }) => {
    const file = copyOf(log, false);
    tamper(file, ...changes);
    const found = verified(file);
    expect(found.verdict).toBe('changed');
    // Where every hash was made anew nothing but the tree could tell where; it is said that nothing is known.
    if (found.findings.some(({ check }) => check !== 'head')) expect(found.firstBad).toBe(firstBad);
    else
      expect(found.findings).toMatchObject([
        { check: 'head', words: expect.stringMatching(/where is not known|has fewer/) },
      ]);
  });
});

test.each(attacks)('without a head, $does is told as $alone', ({ changes, alone }) => {
  const file = copyOf(log, false);
  tamper(file, ...changes);
  expect(verifyFile({ log: file, head: undefined, keys: [] })?.verdict).toBe(alone);
});

test('a file that was rolled back to before the head is found', async () => {
  const file = copyOf(log, false);
  const before = copyOf(log, false);
  const store = openSqliteEventStore({ file });
  await store.append('organization-initech', -1, [draft(sample('OrganizationRegistered'))]);
  await store.close();
  expect(verified(file).verdict).toBe('matches-head');
  const held = log.head(log.events);
  tamper(before, sql(`DELETE FROM events WHERE position > ${log.events - 4}`));
  copyFileSync(before, file);
  expect(verified(file, held)).toMatchObject({ verdict: 'changed', firstBad: log.events - 3 });
});

test('an untouched log matches every head of it, also one that covers less', () => {
  const file = copyOf(log, false);
  for (const size of [0, 1, 7, log.events]) {
    const found = verified(file, log.head(size));
    expect([found.verdict, found.findings, found.leaves]).toEqual(['matches-head', [], log.events]);
  }
});

test('without a head it is said to be consistent with itself only', () => {
  expect(verifyFile({ log: copyOf(log, false), head: undefined, keys: [] })).toMatchObject({
    verdict: 'self-consistent',
    head: undefined,
  });
});

test('the key is asked for: another one is wrong, and without one nothing is said of the signature', () => {
  const file = copyOf(log, false);
  const other = openSigner(new Uint8Array(32).fill(4), `partner-cloud/${log.logId}`);
  const wrong = verified(file, log.head(3), [other.publicKey]);
  expect([wrong.verdict, wrong.findings]).toMatchObject([
    'changed',
    [{ check: 'head', words: expect.stringMatching(/not signed by the key/) }],
  ]);
  expect(verified(file, log.head(3), []).head?.signature).toBe('not checked: no key was given');
});

test('a log that was accepted after a loss is a gap, never OK', async () => {
  const file = copyOf(log, false);
  const store = openSqliteEventStore({ file });
  await store.append(`log-${log.logId}`, -1, [draft(sample('LogAccepted'))]);
  await store.close();
  const found = verified(file);
  expect([found.verdict, found.findings]).toEqual(['gap', []]);
  expect(found.gaps).toMatchObject([{ position: log.events + 1, knownEvents: 120, missing: 40 }]);
});

test('a log that goes on with the facts of another one is a gap, never OK', async () => {
  const file = copyOf(log, false);
  const store = openSqliteEventStore({ file });
  await store.append(`log-${log.logId}`, -1, [draft(sample('LogContinued'))]);
  await store.close();
  const found = verified(file);
  expect([found.verdict, found.gaps]).toMatchObject(['gap', [{ kind: 'continued', knownEvents: 120, missing: 0 }]]);
  expect(verificationWords(found)).toMatch(
    /^NOT OK: .*\n.*\n.*\nGap: .* it goes on with 120 facts of the log 0b6f6e0a/,
  );
});

test('a history that breaks the life cycle is found, though every hash of it is right', async () => {
  const file = copyOf(log, false);
  const store = openSqliteEventStore({ file });
  await store.append('provider-p3', 4, [draft(sample('ProviderRequested'))]);
  await store.close();
  expect(verified(file)).toMatchObject({
    verdict: 'changed',
    firstBad: log.events + 1,
    findings: [{ check: 'life-cycle' }],
  });
});

test('the head of another log is told', () => {
  const origin = 'partner-cloud/other';
  const head = openSigner(new Uint8Array(32).fill(3), origin).signHead({ origin, size: 0, root: '00'.repeat(32) });
  expect(verified(copyOf(log, false), head.note, []).findings.map(({ words }) => words)).toContainEqual(
    expect.stringMatching(/the head is of partner-cloud\/other, and this log is/),
  );
});
