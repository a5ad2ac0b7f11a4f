/**
 * A log moved from its file to a server: as it was, also after it was stopped on the way, and never onto another log. On a real
 * server where `EVENTSTOREDB_URL` names one, but for the stop, which the small one is asked for.
 */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { CannotMigrate, migrateLog } from '../../../src/composition/audit/migrate-log.js';
import { openEventStoreDb } from '../../../src/infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { openSqliteEventStore } from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { draft, sample } from '../../support/events.js';
import { type SmallServer, startSmallServer } from '../../support/eventstoredb/server.js';
import { type Followed, restOf } from '../../support/following.js';
import { copyOf, makeLog, sql, type TamperedLog, tamper } from '../../support/tampered-log.js';

/** As many as wished. */
const more = Number(process.env.MIGRATED_EVENTS ?? 2_000);

const real = process.env.EVENTSTOREDB_URL;

let server: SmallServer;
let prefix: string;
let log: TamperedLog;
let from: string;

beforeEach(async () => {
  [server, log] = await Promise.all([startSmallServer(), makeLog()]);
  from = copyOf(log, false);
  prefix = `moved${randomBytes(5).toString('hex')}`;
});
afterEach(() => server.stop());

const to = (address = real ?? server.url) => ({ address, prefix });
const move = (told: string[] = [], target = to()) =>
  migrateLog({ from, to: target, told: (words) => told.push(words), now: Date.now() });

async function onServer(target = to()) {
  const store = await openEventStoreDb(target);
  const events = await restOf(store);
  const { logId } = store;
  await store.close();
  return { logId, events };
}

async function inFile() {
  const store = openSqliteEventStore({ file: from });
  const events = await restOf(store);
  await store.close();
  return events;
}

const likeness = ({ position: _, ...fact }: Followed) => fact;

test(
  'every fact arrives in its order, with its bytes and hashes, and what follows says where it came from',
  async () => {
    const store = openSqliteEventStore({ file: from });
    const life = () => [
      sample('OrganizationRegistered'),
      ...Array.from({ length: 19 }, () => sample('OrganizationUpdated')),
    ];
    for (let n = 0; n * 20 < more; n++)
      await store.append(
        `organization-n${n}`,
        -1,
        life().map((event) => draft(event)),
      );
    await store.close();
    const moved = await move();
    const { logId, events } = await onServer();
    const before = await inFile();
    expect(events.slice(0, -1).map(likeness)).toEqual(before.map(likeness));
    expect(events.at(-1)).toMatchObject({
      stream: `log-${logId}`,
      event: {
        type: 'LogContinued',
        from: log.logId,
        to: logId,
        events: before.length,
        size: before.length,
        root: moved.root,
      },
    });
    // The heads of the file's log are over the same leaves.
    expect(moved).toMatchObject({ from: log.logId, to: logId, size: before.length });
  },
  120_000 + more * 20,
);

test('the root over what arrived is the one that a head of the file was signed over', async () => {
  const { root, size } = await move();
  const [, , signed = ''] = log.head(size).split('\n');
  expect(Buffer.from(root, 'hex').toString('base64')).toBe(signed);
});

test('a run that was stopped is taken up where it was, and one that is repeated changes nothing', async () => {
  const small = to(server.url);
  server.faults.cutOff = { times: 1, stored: true };
  const stopAfter = 12;
  const told: string[] = [];
  const append = server.log.append.bind(server.log);
  let appended = 0;
  server.log.append = (...asked: Parameters<typeof append>) => {
    if (appended++ === stopAfter) server.faults.appendsDenied = true;
    return append(...asked);
  };
  await expect(move([], small)).rejects.toThrow();
  server.faults.appendsDenied = false;
  // Half a log is none: who starts on it would make second accounts.
  await expect(openEventStoreDb(small)).rejects.toThrow(/is being moved .* Run npm run migrate-log again/);
  await move(told, small);
  expect(told[0]).toMatch(/^\d+ of \d+ facts are there already\.$/);
  await move([], small);
  const { events } = await onServer(small);
  expect(events.filter((each) => 'event' in each && each.event.type === 'LogContinued')).toHaveLength(1);
  expect(events).toHaveLength(log.events + 1);
});

test('a log that was changed is not moved, nor is one moved onto another', async () => {
  const whole = from;
  from = copyOf(log, false);
  tamper(from, sql('DELETE FROM events WHERE position = 10'));
  await expect(move()).rejects.toThrow(/is not what was recorded/);
  from = whole;
  const store = await openEventStoreDb(to());
  await store.append('organization-other', -1, [draft(sample('OrganizationRegistered'))]);
  await store.close();
  await expect(move()).rejects.toThrow(CannotMigrate);
});
