/** A log that is lost, emptied, cut off, exchanged or older does not start green, and what remembers it is named. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openApi } from '../../src/cli/client/api.js';
import { reportOrganization } from '../../src/cli/demo/journey.js';
import { read } from '../support/by-path.js';
import type { Ended } from '../support/child.js';
import { factsIn } from '../support/log-of.js';
import { type Grounds, prepareFolders, startBuilt, startReadyService } from '../support/processes.js';
import type { Program } from '../support/program.js';
import { acceptedProvider } from '../support/service.js';

/** Nobody listens there; what is asked here needs no AWS. */
const noAws = 'http://127.0.0.1:9';

let grounds: Grounds;
let service: Program | undefined;

/** What was on disk once the service had stopped: data and keys folder; before each test it is put back. */
let left: string;
let older: string;
let other: string;
/** The older log with another further life, of as many events. */
let fork: string;

/** A log of one organization, of which a copy is kept, and then a provider; and the empty log of another installation. */
beforeAll(async () => {
  grounds = await prepareFolders();
  grounds.env.PARTNER_CLOUD_AWS_ENDPOINT = noAws;
  const places = ['left', 'older', 'other', 'fork'].map((name) => join(grounds.folder, name));
  [left = '', older = '', other = '', fork = ''] = places;
  const run = async (env: NodeJS.ProcessEnv, work: () => Promise<unknown>) => {
    const program = startBuilt('main.js', [], env);
    await program.line(/"partner-cloud is ready\."/);
    await work();
    await program.end('SIGTERM');
  };
  await run(grounds.env, () => reportOrganization(openApi(grounds.url), grounds.tokens));
  cpSync(grounds.data, older, { recursive: true });
  await run(grounds.env, () => acceptedProvider(openApi(grounds.url), grounds.tokens));
  const otherEnv = { PARTNER_CLOUD_DATA: other, PARTNER_CLOUD_KEYS: join(grounds.folder, 'other-keys') };
  await run({ ...grounds.env, ...otherEnv }, async () => undefined);
  cpSync(older, fork, { recursive: true });
  const forkEnv = { PARTNER_CLOUD_DATA: fork, PARTNER_CLOUD_KEYS: join(grounds.folder, 'fork-keys') };
  cpSync(keys(), forkEnv.PARTNER_CLOUD_KEYS, { recursive: true });
  remove(join(forkEnv.PARTNER_CLOUD_KEYS, 'known-logs.json'));
  await run({ ...grounds.env, ...forkEnv }, () => acceptedProvider(openApi(grounds.url), grounds.tokens, 'Fork'));
  cpSync(grounds.data, join(left, 'data'), { recursive: true });
  cpSync(keys(), join(left, 'keys'), { recursive: true });
});
beforeEach(() => {
  for (const [name, folder] of [
    ['data', grounds.data],
    ['keys', keys()],
  ] as const) {
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(left, name), folder, { recursive: true });
  }
});
afterEach(async () => {
  await service?.end('SIGKILL');
  service = undefined;
});

const start = (...args: string[]): Promise<Ended> => startBuilt('main.js', args, grounds.env).ended;
const inData = (name: string): string => join(grounds.data, name);
const keys = (): string => grounds.env.PARTNER_CLOUD_KEYS ?? '';
const knownLogs = (): string => join(keys(), 'known-logs.json');
const remove = (...files: readonly string[]): void => {
  for (const file of files) rmSync(file, { recursive: true, force: true });
};

const logFiles = ['events.db', 'events.db-wal', 'events.db-shm'];
const removeLog = (): void => remove(...logFiles.map(inData));
const restoreOlder = () => {
  removeLog();
  cpSync(join(older, 'events.db'), inData('events.db'));
};

const restoreFork = () => {
  removeLog();
  cpSync(join(fork, 'events.db'), inData('events.db'));
};

const losses: readonly (readonly [string, () => void, RegExp])[] = [
  ['removed', removeLog, /holds no log/],
  ['emptied', () => truncateSync(inData('events.db'), 0), /holds no log/],
  ['restored from an older backup', restoreOlder, /holds the log \S+ with 1 events/],
  ['of another installation', () => exchange(), /holds the log \S+ with 0 events/],
  ['gone with all of its folder', () => rmSync(grounds.data, { recursive: true }), /holds no log/],
];

/** Another log without an event: as a service makes one that is started on an empty folder. */
function exchange(): void {
  removeLog();
  cpSync(join(other, 'events.db'), inData('events.db'));
}

test.each(losses)(
  'a log that is %s is refused with 78, the file, the positions and the ways on',
  async (_name, lose, found) => {
    const { length } = factsIn(grounds.data);
    lose();
    const { code, stdout, stderr } = await start();
    expect({ code, stdout }).toEqual({ code: 78, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(found);
    expect(stderr).toContain(inData('events.db'));
    expect(stderr).toContain(`with ${length} events`);
    expect(stderr).toMatch(/--accept-new-log .*npm run demo -- --fresh/);
    if (/no log/.test(found.source) && existsSync(inData('events.db'))) expect(() => factsIn(grounds.data)).toThrow();
  },
);

test.each([
  ['the keys folder', () => remove(...['vault.db', 'vault.db-wal', 'vault.db-shm', 'read-models'].map(inData))],
  ['the vault', () => remove(knownLogs(), inData('read-models'))],
  ['the read models', () => remove(knownLogs(), inData('vault.db'))],
])('%s alone remembers it', async (by, forgetElsewhere) => {
  removeLog();
  forgetElsewhere();
  const { code, stderr } = await start();
  expect(code).toBe(78);
  expect(stderr).toContain(`but ${by} `);
});

test.each([
  ['the keys folder', () => remove(...['vault.db', 'vault.db-wal', 'vault.db-shm', 'read-models'].map(inData))],
  ['the vault', () => remove(knownLogs(), inData('read-models'))],
  ['the read models', () => remove(knownLogs(), inData('vault.db'))],
])('a log of the same id and length with other content is refused, and %s alone tells', async (by, forgetElsewhere) => {
  const { length } = factsIn(grounds.data);
  restoreFork();
  expect(factsIn(grounds.data)).toHaveLength(length);
  forgetElsewhere();
  const { code, stderr } = await start();
  expect(code).toBe(78);
  expect(stderr).toContain(`but ${by} knows the log`);
  expect(stderr).toContain(`with ${length} events, of which the last is another one here`);
});

test('who goes on with other content has read models made anew from it', async () => {
  restoreFork();
  service = startBuilt('main.js', ['--accept-new-log', 'u-93d6f2b8017e'], grounds.env);
  await service.line(/"partner-cloud is ready\."/);
  const path = '/v1/organizations/acme/providers';
  const { items } = await read<{ items: { name: string }[] }>(openApi(grounds.url), path, grounds.tokens.administrator);
  expect(items.map(({ name }) => name)).toEqual(['Fork']);
});

test('memories of a release that kept no hash are read as they are', async () => {
  const entries = JSON.parse(readFileSync(knownLogs(), 'utf8')) as { hash?: string }[];
  expect(entries[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
  writeFileSync(knownLogs(), JSON.stringify(entries.map(({ hash, ...entry }) => entry)));
  remove(join(inData('read-models'), 'known-logs.json'));
  {
    using vault = new DatabaseSync(inData('vault.db'));
    vault.exec('DROP TABLE known_log_hash');
  }
  service = await startReadyService(grounds, noAws);
});

test('who means it goes on, which is recorded for ever and asked only once', async () => {
  const known = factsIn(grounds.data);
  restoreOlder();
  service = startBuilt('main.js', ['--accept-new-log', 'u-93d6f2b8017e'], grounds.env);
  await service.line(/"partner-cloud is ready\."/);
  await service.end('SIGTERM');
  const facts = factsIn(grounds.data);
  expect(facts.slice(0, 1)).toEqual(known.slice(0, 1));
  expect(facts.slice(1)).toMatchObject([
    {
      type: 'LogAccepted',
      data: {
        knownEvents: known.length,
        foundEvents: 1,
        missing: known.length - 1,
        rememberedBy: expect.arrayContaining(['the keys folder', 'the vault', 'the read models']),
      },
    },
  ]);
  service = await startReadyService(grounds, noAws);
  expect(factsIn(grounds.data)).toHaveLength(2);
});

test.each([
  [['--accept-new-log', 'ada@acme.example'], /is no opaque id of a person/],
  [['--accept-new-log'], /Usage: npm start/],
  [['--accept-any-log'], /Usage: npm start/],
])('%j is refused', async (args, words) => {
  expect(await start(...args)).toMatchObject({ code: 78, stderr: expect.stringMatching(words) });
});

test('folders that are new together start green, and a memory that cannot be read does not', async () => {
  const fresh = {
    ...grounds.env,
    PARTNER_CLOUD_DATA: join(grounds.folder, 'new'),
    PARTNER_CLOUD_KEYS: join(grounds.folder, 'new-keys'),
  };
  service = startBuilt('main.js', [], fresh);
  await service.line(/"partner-cloud is ready\."/);
  await service.end('SIGTERM');
  expect(readdirSync(fresh.PARTNER_CLOUD_KEYS)).toContain('known-logs.json');
  writeFileSync(knownLogs(), '{"cut');
  expect((await start()).stderr).toContain('does not say which logs are known');
});
