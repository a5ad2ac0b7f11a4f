/** One process at a time works with a data folder, and a killed one leaves it free. */
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { claimDataFolder, DataFolderInUse } from '../../src/infrastructure/data-folder.js';
import { source, startLines } from '../support/child.js';
import { watchProgram } from '../support/program.js';
import { temporaryFolder } from '../support/temporary-folder.js';

test('the folder is made for its owner alone', () => {
  const folder = join(temporaryFolder(), 'deep/data');
  const claimed = claimDataFolder(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  claimed.release();
});

test('it is taken once, free again when released, and may be released twice', () => {
  const folder = temporaryFolder();
  const claimed = claimDataFolder(folder);
  expect(() => claimDataFolder(folder)).toThrow(DataFolderInUse);
  expect(() => claimDataFolder(folder)).toThrow(/in use by another partner-cloud process.*PARTNER_CLOUD_DATA/);
  claimed.release();
  claimed.release();
  claimDataFolder(folder).release();
});

const claimAndStay = `
  import { claimDataFolder } from '${source('src/infrastructure/data-folder.ts')}';
  // What nobody holds may be collected, and its lock with it.
  globalThis.claimed = claimDataFolder(process.argv[1]);
  console.log('claimed');
  process.stdin.resume();`;

test('another process holds it until kill -9, and not a moment longer', async () => {
  const folder = temporaryFolder();
  const holder = watchProgram('the holder', startLines(claimAndStay, [folder]));
  try {
    await holder.line(/claimed/);
    expect(() => claimDataFolder(folder)).toThrow(DataFolderInUse);
  } finally {
    await holder.end('SIGKILL');
  }
  claimDataFolder(folder).release();
});

test('a place that cannot be such a folder is named', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => claimDataFolder(file)).toThrow(/data folder .*file cannot be used \(EEXIST\)/);
  expect(() => claimDataFolder(join(file, 'data'))).toThrow(/cannot be used \(ENOTDIR\)/);
});

test('a folder that had wider rights before keeps them, for its owner to decide', () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  claimDataFolder(folder).release();
  expect(statSync(folder).mode & 0o777).toBe(0o755);
});
