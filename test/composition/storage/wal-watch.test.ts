/** A write-ahead log that cannot be moved into its file is told of, and shrinks when it can. */
import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import { watchWals } from '../../../src/composition/storage/wal-watch.js';
import { openLogFile } from '../../../src/infrastructure/event-store/sqlite/log-file.js';
import { openLog } from '../../../src/infrastructure/logging/pino-log.js';
import { openSqliteVault } from '../../../src/infrastructure/vault/sqlite-vault.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const mebibyte = 1_048_576;

test('a reader that holds a snapshot open is told of once, in readiness and in the log, until it is gone', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'some.db');
  using writer = new DatabaseSync(file);
  writer.exec('PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 0; CREATE TABLE t (x BLOB)');
  const write = () => writer.exec(`INSERT INTO t VALUES (randomblob(${2 * mebibyte}))`);
  const lines: string[] = [];
  const log = openLog({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  const watch = watchWals(folder, log, 4 * mebibyte);
  expect(watch.health.degraded()).toBeUndefined();
  {
    using reader = new DatabaseSync(file);
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM t').get();
    for (let times = 0; times < 4; times++) write();
    watch.look();
    watch.look();
  }
  expect(watch.health.degraded()).toMatch(/^some\.db-wal has \d+ MiB: its checkpoints are held up/);
  expect(lines).toHaveLength(1);
  writer.exec('PRAGMA wal_checkpoint(RESTART)');
  write();
  expect(watch.health.degraded()).toBeUndefined();
  watch.stop();
});

test('a data folder that is gone is told of, and ends nothing', () => {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  mkdirSync(data);
  const lines: string[] = [];
  const log = openLog({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  const watch = watchWals(data, log);
  rmdirSync(data);
  watch.look();
  watch.look();
  expect(watch.health.degraded()).toMatch(/^The data folder cannot be looked through: ENOENT/);
  expect(lines).toHaveLength(1);
  mkdirSync(data);
  watch.look();
  expect(watch.health.degraded()).toBeUndefined();
  watch.stop();
});

test('the log and the vault leave no more than 64 MiB of a write-ahead log that has been moved', () => {
  const folder = temporaryFolder();
  const limits: unknown[] = [];
  const { db } = openLogFile(join(folder, 'events.db'));
  limits.push(db.prepare('PRAGMA journal_size_limit').get());
  db.close();
  const opened = (vault: DatabaseSync) => limits.push(vault.prepare('PRAGMA journal_size_limit').get());
  openSqliteVault({ file: join(folder, 'vault.db'), key: new Uint8Array(32), opened }).close();
  expect(limits).toEqual([{ journal_size_limit: 64 * mebibyte }, { journal_size_limit: 64 * mebibyte }]);
});
