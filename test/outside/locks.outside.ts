/** Another process has a file of the service open, or holds its lock. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { nameOf } from '../support/read-model-names.js';
import { until } from '../support/waiting.js';
import { Stage } from './support/stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.prepare();
  await stage.start();
});
afterEach(() => stage.close());

const facts = { billable: true, reseller: false, customerOfReseller: false, staff: false, demo: false };
const report = (organization: string) =>
  stage.call('service', 'PUT', `/v1/organizations/${organization}`, { body: { ...facts, officeTerritories: ['US'] } });

test('F13: while somebody else holds the lock of the log health and reads are answered, and the write comes after it', async () => {
  await report('acme');
  using other = new DatabaseSync(join(stage.grounds.data, 'events.db'));
  other.exec('BEGIN IMMEDIATE');
  let written = false;
  const write = report('globex').then((answer) => {
    written = true;
    return answer;
  });
  for (let times = 0; times < 20; times++) {
    expect((await stage.call(undefined, 'GET', '/health/live')).status).toBe(200);
    expect((await stage.call('member', 'GET', '/v1/territories')).status).toBe(200);
  }
  expect(written).toBe(false);
  other.exec('ROLLBACK');
  expect((await write).status).toBe(200);
});

test('F12: a write-ahead log that a reader keeps growing is told of, and shrinks once the reader is gone', async () => {
  const file = join(stage.grounds.data, 'read-models', `${nameOf('audit-history')}.db`);
  using writer = new DatabaseSync(file);
  writer.exec('PRAGMA journal_size_limit = 67108864; CREATE TABLE scratch (bytes BLOB)');
  {
    using reader = new DatabaseSync(file);
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM scratch').get();
    for (let times = 0; times < 9; times++) writer.exec('INSERT INTO scratch VALUES (zeroblob(16777216))');
    const seen = await stage.ready();
    expect(seen).toMatchObject({ status: 200, degraded: expect.arrayContaining(['checkpoints']) });
    expect(seen.text).toContain(`${nameOf('audit-history')}.db-wal`);
  }
  await report('acme');
  writer.exec('PRAGMA wal_checkpoint(RESTART); DELETE FROM scratch');
  await until(
    () => stage.ready(),
    ({ degraded }) => !degraded.includes('checkpoints'),
  );
});
