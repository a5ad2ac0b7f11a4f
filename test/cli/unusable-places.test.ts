/** A place that cannot be used ends the start in one sentence that names it, and what is made is for its owner alone. */
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { type Grounds, prepareFolders, startBuilt, startReadyService } from '../support/processes.js';

/** Nobody listens there; what is asked here needs no AWS. */
const noAws = 'http://127.0.0.1:9';

let grounds: Grounds;
beforeEach(async () => {
  grounds = await prepareFolders();
});

/** What is in the data folder before the start, by name. */
function leave(files: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  mkdirSync(grounds.data, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(grounds.data, name), content);
  return {};
}
const keys = (): string => grounds.env.PARTNER_CLOUD_KEYS ?? '';
const inData = (name: string): string => join(grounds.data, name);
const garbage = 'no database, however long one reads in it. '.repeat(200);

test.each<readonly [string, () => NodeJS.ProcessEnv, () => string]>([
  [
    'a data folder that is a file',
    () => ({ PARTNER_CLOUD_DATA: fileIn() }),
    () => `The data folder ${fileIn()} cannot be used (EEXIST)`,
  ],
  [
    'a data folder that cannot be made',
    () => ({ PARTNER_CLOUD_DATA: '/dev/null/data' }),
    () => 'The data folder /dev/null/data cannot be used (ENOTDIR)',
  ],
  [
    'a damaged vault',
    () => leave({ 'vault.db': garbage }),
    () => `${inData('vault.db')} cannot be used: file is not a database. Put it back`,
  ],
  [
    'a damaged log',
    () => leave({ 'events.db': garbage }),
    () => `${inData('events.db')} cannot be used: file is not a database. It is the log`,
  ],
  [
    'an address that is not of this machine',
    () => ({ PARTNER_CLOUD_HOST: '192.0.2.1', PARTNER_CLOUD_IDENTITY_JWKS: join(keys(), 'demo-jwks.json') }),
    () => 'server.host: 192.0.2.1 is no address of this machine.',
  ],
])('%s', async (_name, given, sentence) => {
  const env = { ...grounds.env, PARTNER_CLOUD_AWS_ENDPOINT: noAws, ...given() };
  const { code, stderr } = await startBuilt('main.js', [], env).ended;
  expect({ code, lines: stderr.trimEnd().split('\n') }).toEqual({
    code: 1,
    lines: [expect.stringContaining(sentence())],
  });
});

function fileIn(): string {
  const file = join(grounds.folder, 'a-file');
  writeFileSync(file, '');
  return file;
}

test('whatever the service makes is readable for its owner alone', async () => {
  const service = await startReadyService(grounds, noAws);
  const made = [grounds.data, keys()].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  await service.end('SIGTERM');
  expect(made.length).toBeGreaterThan(5);
  const wide = made.filter(
    (file) => !file.endsWith('demo-jwks.json') && (statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o077,
  );
  expect(wide).toEqual([]);
});
