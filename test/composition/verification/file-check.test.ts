/** The file of the log is looked through: a whole one, one with a damaged page, and one where no thread can be had. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { healthOf } from '../../../src/composition/health/health.js';
import { inDoubtBy } from '../../../src/composition/sagas/last-witness.js';
import { checkLogFile, type FileCheck } from '../../../src/composition/verification/file-check.js';
import { openSqliteEventStore } from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openLog } from '../../../src/infrastructure/logging/pino-log.js';
import { built } from '../../support/built.js';
import { damage, damageInUse } from '../../support/damaged-file.js';
import { draft, named } from '../../support/events.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let check: FileCheck | undefined;
let lines: string[] = [];
const log = openLog({ level: 'info', destination: { write: (line) => void lines.push(line) } });
afterEach(async () => {
  await check?.stop();
  lines = [];
});

/** A log of many pages that nobody has open. */
async function written(): Promise<string> {
  const file = join(temporaryFolder(), 'events.db');
  const store = openSqliteEventStore({ file });
  for (let n = 0; n < 200; n++) await store.append(`provider-${n}`, -1, [draft(named('x'.repeat(200)))]);
  await store.close();
  return file;
}

/** As the built program runs it; from the sources there is no such thread. */
const thread = () => pathToFileURL(built('composition/verification/check-thread.js'));

const looked = async (file: string): Promise<FileCheck> => {
  const begun = checkLogFile(file, log, thread());
  check = begun;
  expect(begun.state()).toBe('unchecked');
  await begun.looked();
  return begun;
};

test('a whole file is whole, and nothing is told of it', async () => {
  const begun = await looked(await written());
  expect([begun.state(), begun.health.degraded()]).toEqual(['whole', undefined]);
  expect(lines.filter((line) => line.includes('damaged'))).toEqual([]);
});

test('one damaged page is found, told in readiness without a path and in the log with it', async () => {
  const file = await written();
  damage(file, 8 * 4_096, 4_096);
  const begun = await looked(file);
  expect(begun.state()).toBe('damaged');
  expect(begun.health.degraded()).toMatch(/^The file of the log is damaged\. No account is begun\./);
  expect(begun.health.degraded()).not.toContain(file);
  expect(lines.join('')).toContain(`${file} is damaged`);
});

test('a look that is under way is ended when the service stops', async () => {
  const begun = checkLogFile(await written(), log, thread());
  await begun.stop();
  expect(begun.state()).not.toBe('damaged');
});

test('without a thread the file is looked through all the same', async () => {
  const nowhere = pathToFileURL(join(temporaryFolder(), 'none.js'));
  const begun = checkLogFile(await written(), log, nowhere);
  check = begun;
  await begun.looked();
  expect(begun.state()).toBe('whole');
});

test('no account is begun before the file is known to be whole, and none where it is damaged', () => {
  expect(inDoubtBy('whole')).toBeUndefined();
  expect(inDoubtBy('unchecked')).toMatchObject({ kind: 'later' });
  expect(inDoubtBy('damaged')).toMatchObject({ kind: 'delayed', reason: 'log-in-doubt' });
});

test('a read that the damaged file does not answer turns readiness red', async () => {
  const file = await written();
  const store = openSqliteEventStore({ file });
  const readiness = () => healthOf({ store, readModels: { health: () => [] } }).ready();
  expect(await readiness()).toEqual({ ok: true, lagSeconds: 0, checks: { 'event-log': { ok: true } } });
  damageInUse(file);
  await expect(store.read('provider-150')).rejects.toThrow(/The event log cannot be read/);
  expect(await readiness()).toMatchObject({
    ok: false,
    checks: { 'event-log': { detail: expect.stringMatching(/^The event log cannot be read/) } },
  });
  await store.close();
});
