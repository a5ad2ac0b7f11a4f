/** A backup under write load, and the restore drill of docs/operations/backup.md. */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Api, openApi } from '../../src/cli/client/api.js';
import type { Provider as Status } from '../../src/client/generated/types.gen.js';
import { read, send } from '../support/by-path.js';
import type { Ended } from '../support/child.js';
import { factsIn, integrityOf } from '../support/log-of.js';
import { type Grounds, prepareFolders, startBuilt, startReadyService } from '../support/processes.js';
import type { Program } from '../support/program.js';
import { acceptedProvider } from '../support/service.js';
import { until } from '../support/waiting.js';

/** Nobody listens there; what is asked here needs no AWS. */
const noAws = 'http://127.0.0.1:9';

let grounds: Grounds;
let service: Program | undefined;

beforeEach(async () => {
  grounds = await prepareFolders();
  service = undefined;
});
afterEach(async () => {
  await service?.end('SIGKILL');
});

const backup = (...args: string[]): Promise<Ended> => startBuilt('cli/backup.js', args, grounds.env).ended;

/** Registers one organization after the other until it is told to stop; answers with how many were recorded. */
function writing(api: Api) {
  const stop = new AbortController();
  let recorded = 0;
  const facts = { billable: true, reseller: false, customerOfReseller: false, staff: false, demo: false };
  const ended = (async () => {
    while (!stop.signal.aborted) {
      const path = `/v1/organizations/org-${recorded}`;
      await send(api, 'PUT', path, grounds.tokens.service, { ...facts, officeTerritories: ['US'] });
      recorded += 1;
    }
  })();
  return {
    recorded: () => recorded,
    async stop() {
      stop.abort();
      await ended;
      return recorded;
    },
  };
}

test('under write load it is whole, holds what was answered before, and serves when it is restored', async () => {
  service = await startReadyService(grounds, noAws);
  const api = openApi(grounds.url);
  const id = await acceptedProvider(api, grounds.tokens);
  const writer = writing(api);
  await until(
    async () => writer.recorded(),
    (recorded) => recorded > 50,
  );
  const before = factsIn(grounds.data).length;
  const to = join(grounds.folder, 'backups', 'today');
  const { code, stdout, stderr } = await backup('--to', to);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await writer.stop();
  await service.end('SIGTERM');

  expect(readdirSync(join(grounds.folder, 'backups'))).toEqual(['today']);
  expect(readdirSync(to).sort()).toEqual(['events.db', 'vault.db']);
  expect(readdirSync(to).map((name) => statSync(join(to, name)).mode & 0o777)).toEqual([0o600, 0o600]);
  expect(integrityOf(to)).toEqual({ 'events.db': 'ok', 'vault.db': 'ok' });
  const [copied, all] = [factsIn(to), factsIn(grounds.data)];
  expect(copied.length).toBeGreaterThanOrEqual(before);
  expect(copied).toEqual(all.slice(0, copied.length));
  expect(stdout).toContain(`with ${copied.length} events`);

  rmSync(grounds.data, { recursive: true });
  mkdirSync(grounds.data);
  cpSync(to, grounds.data, { recursive: true });
  const refused = await startBuilt('main.js', [], grounds.env).ended;
  expect(refused).toMatchObject({ code: 78, stderr: expect.stringContaining(`with ${copied.length} events`) });
  service = startBuilt('main.js', ['--accept-new-log', 'u-93d6f2b8017e'], grounds.env);
  await service.line(/"partner-cloud is ready\."/);
  expect(await read<Status>(api, `/v1/providers/${id}`, grounds.tokens.administrator)).toMatchObject({ id });
});

test('it replaces nothing, and says what is missing or wrong', async () => {
  const to = join(grounds.folder, 'there');
  expect(await backup('--to', to)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^There is no events.db in /),
  });
  expect(await backup()).toMatchObject({ code: 78, stderr: expect.stringMatching(/^Usage: npm run backup/) });
  expect(await backup('--into', to)).toMatchObject({ code: 78 });
  await (await startReadyService(grounds, noAws)).end('SIGTERM');
  mkdirSync(to);
  expect(await backup('--to', to)).toMatchObject({
    code: 78,
    stdout: '',
    stderr: `${to} is there already, and a backup replaces nothing. Name a folder that is not there yet, such as one with today's date.\n`,
  });
  expect(readdirSync(to)).toEqual([]);
});

test('a copy that cannot be made leaves nothing behind', async () => {
  await (await startReadyService(grounds, noAws)).end('SIGTERM');
  const vault = join(grounds.data, 'vault.db');
  rmSync(vault);
  mkdirSync(vault);
  const backups = join(grounds.folder, 'backups');
  expect((await backup('--to', join(backups, 'today'))).code).toBe(1);
  expect(existsSync(backups) ? readdirSync(backups) : []).toEqual([]);
});
