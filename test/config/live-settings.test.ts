/** The log's level and the payers' limits are read again while the service runs, checked whole; nothing else is taken over. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { parseDocument } from 'yaml';
import { loadConfig } from '../../src/config/config.js';
import { liveSettings } from '../../src/config/live-settings.js';
import { openLog } from '../../src/infrastructure/logging/pino-log.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** A file with settings that the test changes, and what a service that runs on it holds and says. */
function running() {
  const folder = temporaryFolder();
  const PARTNER_CLOUD_CONFIG = join(folder, 'settings.yaml');
  const env: NodeJS.ProcessEnv = {
    PARTNER_CLOUD_CONFIG,
    PARTNER_CLOUD_DATA: join(folder, 'data'),
    PARTNER_CLOUD_KEYS: join(folder, 'k'),
  };
  const document = parseDocument(readFileSync('config/partner-cloud.yaml', 'utf8'));
  document.setIn(['terms', 'folder'], resolve('config/terms'));
  const write = (...changes: readonly (readonly [path: readonly (string | number)[], value: unknown])[]): void => {
    for (const [path, value] of changes) document.setIn(path, value);
    writeFileSync(PARTNER_CLOUD_CONFIG, document.toString());
  };
  write();
  const said: string[] = [];
  const log = openLog({ level: 'info', destination: { write: (line) => void said.push(line) } });
  return { env, write, said, log, live: liveSettings(loadConfig(env), env, log) };
}

test('limits are taken over where they are read, and only a change is one', () => {
  const { write, live } = running();
  const { settings } = live;
  expect(live.reload()).toBe(false);
  write([['payers', 0, 'accountsAllowed'], 2000], [['payers', 1, 'creationsAtOnce'], 2]);
  expect(live.reload()).toBe(true);
  expect(settings.payers.map((p) => [p.id, p.accountsAllowed, p.creationsAtOnce])).toEqual([
    ['payer-1', 2000, 5],
    ['payer-2', 1000, 2],
  ]);
});

test('every mistake of a wrong file is said, and none of it is taken over', () => {
  const { write, said, live } = running();
  write([['payers', 0, 'accountsAllowed'], 2000], [['payers', 1, 'accountsAllowed'], 0], [['aws', 'region'], 'here']);
  expect(live.reload()).toBe(false);
  expect(live.settings.payers.map(({ accountsAllowed }) => accountsAllowed)).toEqual([1000, 1000]);
  expect(said.map((line) => JSON.parse(line).words)).toEqual([
    expect.stringMatching(/^payers\[1\]\.accountsAllowed: 0 is out of range; allowed: /),
    expect.stringMatching(/^aws\.region: "here" /),
  ]);
});

test('what else has changed waits for a restart, and is named', () => {
  const { write, said, live } = running();
  write([['reseller', 'name'], 'Other'], [['payers', 0, 'homeRegion'], 'us-west-2']);
  expect(live.reload()).toBe(false);
  expect(live.settings.reseller.name).toBe('CenturyLink');
  expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({ waitsForRestart: ['reseller', 'payers'] });
});

test('the level of the log is taken over, and the line that says so is written whichever way it changes', () => {
  const { write, said, log, live } = running();
  write([['logging', 'level'], 'error']);
  expect(live.reload()).toBe(false);
  log.warn({}, 'Not written.');
  write([['logging', 'level'], 'warn']);
  live.reload();
  log.warn({}, 'Written.');
  write([['logging', 'level'], 'info']);
  live.reload();
  log.info({}, 'Written too.');
  expect(said.map((line) => JSON.parse(line)).map(({ changed, msg }) => changed ?? msg)).toEqual([
    ['logging.level: error'],
    'Written.',
    ['logging.level: info'],
    'Written too.',
  ]);
});

test('a level that is none, and one that stands behind a wrong payer, leave the level as it was', () => {
  const { write, said, log, live } = running();
  write([['logging', 'level'], 'loud']);
  live.reload();
  write([['logging', 'level'], 'error'], [['payers', 0, 'accountsAllowed'], -1]);
  live.reload();
  log.info({}, 'Still written.');
  expect(said.map((line) => JSON.parse(line)).map(({ words, msg }) => words ?? msg)).toEqual([
    'logging.level: "loud" is not supported; allowed: info or warn or error or silent.',
    expect.stringMatching(/^payers\[0\]\.accountsAllowed: -1 /),
    'Still written.',
  ]);
});

test('LOG_LEVEL lies over the file when it is read again too', () => {
  const { env, write, said, log, live } = running();
  env.LOG_LEVEL = 'info';
  write([['logging', 'level'], 'silent']);
  live.reload();
  log.info({}, 'Written.');
  expect(said.map((line) => JSON.parse(line).changed)).toEqual([[], undefined]);
});
