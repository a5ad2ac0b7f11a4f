/** Durable followers of the log: one as plain as can be, and the engine of the read models. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import type { Page, Position } from '../../../src/application/ports/event-store.js';
import { idIn } from '../../../src/application/streams/aggregates.js';
import { type Next, runFollower, upToPoison } from '../../../src/application/streams/follower.js';
import { decisionsIn, decisionsStream } from '../../../src/application/streams/quarantined.js';
import { openSqliteEventStore } from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { auditHistory } from '../../../src/projections/audit-history/audit-history.js';
import { startProjector } from '../../../src/projections/engine/projector.js';
import { openReadModel } from '../../../src/projections/engine/serving.js';
import { drafts } from '../../support/events.js';
import { FakeClock } from '../../support/fake-clock.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { awaited } from '../../support/waiting.js';
import { followerContract, type StartFollowing } from './follower-contract.js';

/** What it has taken in and its checkpoint move in one transaction. */
const startPlain: StartFollowing = (log, folder, signal) => {
  const db = new DatabaseSync(join(folder, 'plain.db'));
  db.exec(
    'CREATE TABLE IF NOT EXISTS taken (n INTEGER PRIMARY KEY, position TEXT); CREATE TABLE IF NOT EXISTS upto (p)',
  );
  let isStill = false;
  let setAside = (_: string): boolean => false;

  function take({ events }: Page): Next {
    if (isStill) return events.some(({ stream }) => stream === decisionsStream) ? 'begin-again' : 'go-on';
    const { before, poison } = upToPoison(events, ({ stream }) => !setAside(stream));
    isStill = poison !== undefined;
    db.exec('BEGIN');
    for (const entry of before)
      if ('event' in entry && idIn('provider', entry.stream) !== undefined)
        db.prepare('INSERT INTO taken (position) VALUES (?)').run(entry.position);
    const last = before.at(-1);
    if (last) db.exec('DELETE FROM upto');
    if (last) db.prepare('INSERT INTO upto VALUES (?)').run(last.position);
    db.exec('COMMIT');
    return 'go-on';
  }

  const ended = runFollower(
    log,
    {
      async checkpoint() {
        isStill = false;
        const decisions = await decisionsIn(log);
        setAside = (stream) => decisions.setAside[stream] !== undefined;
        return (db.prepare('SELECT p FROM upto').get() as { p: Position } | undefined)?.p;
      },
      take,
      failed: () => 'go-on',
    },
    { signal },
  );
  return { ended, taken: () => positionsIn(db, 'SELECT position FROM taken ORDER BY n'), close: () => db.close() };
};

const startHistory: StartFollowing = (log, folder, signal) => {
  mkdirSync(join(folder, 'read-models'), { recursive: true });
  const { current } = openReadModel(join(folder, 'read-models'), 'audit-history', [auditHistory], () => undefined);
  const { ended } = startProjector(log, [current], { signal, moved: () => undefined });
  const positions = 'SELECT position FROM audit_history ORDER BY place';
  return { ended, taken: () => positionsIn(current.db, positions), close: () => current.db.close() };
};

const positionsIn = (db: DatabaseSync, sql: string): readonly Position[] =>
  (db.prepare(sql).all() as { position: Position }[]).map(({ position }) => position);

followerContract('a plain table', startPlain);
followerContract('a read model', startHistory);

/** A follower of a log with one event, which hears of the clock of the test. */
async function withLog(work: (log: ReturnType<typeof openSqliteEventStore>, clock: FakeClock) => Promise<void>) {
  const log = openSqliteEventStore({ file: join(temporaryFolder(), 'events.db') });
  await log.append('provider-1', -1, drafts('a'));
  await awaited(
    () => 'the follower to end',
    () => work(log, new FakeClock(0)),
  );
  await log.close();
}

const { signal } = new AbortController();

test('a batch that fails is given again from the checkpoint after a pause, until the follower gives up', () =>
  withLog(async (log, clock) => {
    const seen: unknown[] = [];
    const running = runFollower(
      log,
      {
        checkpoint: () => void seen.push('asked'),
        take: ({ events }) => {
          throw new Error(`${events.length} event`);
        },
        failed(error) {
          seen.push(String(error));
          return seen.length === 6 ? 'end' : 'go-on';
        },
      },
      { signal, clock },
    );
    await clock.passUntil(
      () => seen.length === 6,
      () => seen.length,
    );
    await running;
    expect(seen).toEqual(['asked', 'Error: 1 event', 'asked', 'Error: 1 event', 'asked', 'Error: 1 event']);
  }));

test('a checkpoint that cannot be read is asked for again after a pause', () =>
  withLog(async (log, clock) => {
    const seen: unknown[] = [];
    const running = runFollower(
      log,
      {
        checkpoint() {
          seen.push('asked');
          if (seen.length === 1) throw new Error('The disk is full.');
          return undefined;
        },
        take({ events }) {
          seen.push(events.length);
          return 'end';
        },
        failed(error) {
          seen.push(String(error));
          return 'go-on';
        },
      },
      { signal, clock },
    );
    await clock.passUntil(
      () => seen.length === 4,
      () => seen.length,
    );
    await running;
    expect(seen).toEqual(['asked', 'Error: The disk is full.', 'asked', 1]);
  }));

test.each([
  ['while it asks for its checkpoint', 'checkpoint'],
  ['while it takes in a batch', 'take'],
  ['while it sleeps', 'asleep'],
] as const)('it begins again at its checkpoint when it is told to %s', (_, when) =>
  withLog(async (log) => {
    const batches: number[] = [];
    let asked = 0;
    let again = (): void => undefined;
    await runFollower(
      log,
      {
        checkpoint(beginAgain) {
          again = beginAgain;
          asked += 1;
          if (when === 'checkpoint' && asked === 1) beginAgain();
          return undefined;
        },
        take({ events }) {
          batches.push(events.length);
          if (asked === 2) return 'end';
          if (when === 'take') again();
          if (when === 'asleep') setImmediate(() => setImmediate(again));
          return 'go-on';
        },
        failed: () => 'end',
      },
      { signal },
    );
    expect([asked, batches]).toEqual([2, when === 'checkpoint' ? [1] : [1, 1]]);
  }),
);

test('it ends during its pause as soon as it is told to', () =>
  withLog(async (log, clock) => {
    const stop = new AbortController();
    await runFollower(
      log,
      {
        checkpoint: () => undefined,
        take: () => {
          throw new Error('not now');
        },
        failed() {
          setImmediate(() => stop.abort());
          return 'go-on';
        },
      },
      { signal: stop.signal, clock },
    );
    expect(stop.signal.aborted).toBe(true);
  }));

test('only a poisoned event that matters cuts a batch', () => {
  const entry = (stream: string) => ({ stream, position: stream, revision: 0, poison: 'unreadable' });
  const entries = [entry('a'), entry('b'), entry('c')];
  expect(upToPoison(entries, ({ stream }) => stream === 'b')).toEqual({ before: [entry('a')], poison: entry('b') });
  expect(upToPoison(entries, () => false)).toEqual({ before: entries, poison: undefined });
});
