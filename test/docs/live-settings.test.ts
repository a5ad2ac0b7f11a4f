/** docs/operations/live-settings.md says of every group of settings whether it waits for a restart, as the service does. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { type Config, loadConfig } from '../../src/config/config.js';
import { liveSettings } from '../../src/config/live-settings.js';
import { openLog } from '../../src/infrastructure/logging/pino-log.js';

const rows = readFileSync('docs/operations/live-settings.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

/** The groups whose rows say so. */
const groups = (when: string): readonly string[] =>
  rows
    .filter(([, , said]) => said === when)
    .flatMap(([, named = '']) => [...named.matchAll(/`([a-zA-Z]+)/g)].map(([, group = '']) => group))
    .toSorted();

test('every group of settings is in the table', () => {
  const { folders: _, ...sections } = loadConfig({});
  const told = new Set([...groups('at once'), ...groups('at a restart')]);
  expect([...told].toSorted()).toEqual(Object.keys(sections).toSorted());
});

test('what the table says waits for a restart is what the service says waits for one', () => {
  const lines: string[] = [];
  const log = openLog({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  const { folders, ...sections } = loadConfig({});
  const other = Object.fromEntries(Object.keys(sections).map((group) => [group, 'another']));
  const running = { ...other, folders, payers: sections.payers, logging: { level: 'warn' } } as unknown as Config;
  const [first, ...more] = running.payers;
  if (first) Object.assign(running, { payers: [{ ...first, accountsAllowed: 1 }, ...more] });
  liveSettings(running, {}, log).reload();
  const { waitsForRestart } = JSON.parse(lines.at(-1) ?? '');
  expect(waitsForRestart.toSorted()).toEqual(groups('at a restart').filter((group) => group !== 'payers'));
});
