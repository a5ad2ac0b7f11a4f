/** `npm run audit`: the exit codes and words of a verification, for a log that is whole and for one that is not. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { ended, startScript } from '../support/child.js';
import { copyOf, makeLog, sql, type TamperedLog, tamper } from '../support/tampered-log.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let log: TamperedLog;
let head: string;
let key: string;
beforeAll(async () => {
  log = await makeLog();
  const folder = temporaryFolder();
  [head, key] = [join(folder, 'head'), join(folder, 'key')];
  writeFileSync(head, log.head(log.events));
  writeFileSync(key, `# kept on paper\n${log.key}\n`);
});

const audit = (...args: readonly string[]) => ended(startScript('src/cli/audit.ts', args, {}));

test('a log that is what it was is OK against a head, and only consistent with itself without one', async () => {
  const file = copyOf(log, false);
  const held = await audit('verify', '--log', file, '--head', head, '--key', key);
  expect([held.code, held.stderr]).toEqual([0, '']);
  expect(held.stdout).toMatch(/^OK: everything that the head covers is what it was/);
  expect(held.stdout).toContain(`Held against a head of ${log.events} facts; its signature: checked.`);
  const alone = await audit('verify', '--log', file, '--json');
  expect([alone.code, JSON.parse(alone.stdout).verdict]).toEqual([0, 'self-consistent']);
});

test('a log that was changed is NOT OK, with the first bad position', async () => {
  const file = copyOf(log, false);
  tamper(file, sql('DELETE FROM events WHERE position = 10'));
  const { code, stdout } = await audit('verify', '--log', file, '--head', head);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^NOT OK: this is not what was recorded/);
  expect(stdout).toContain(`The first bad position is ${log.logId}:10.`);
});

test.each([
  [[], /^Say what to do\./],
  [['vreify'], /^There is no vreify\./],
  [['verify', '--haed', 'x'], /^Unknown option '--haed'/],
  [['verify', '--log', '/nowhere/events.db'], /^There is no file \/nowhere\/events\.db\./],
])('%j is answered with what would be right', async (args, words) => {
  const { code, stdout, stderr } = await audit(...args);
  expect([code, stdout]).toEqual([78, '']);
  expect(stderr).toMatch(words);
});

test('a file that is no head is said to be none', async () => {
  const { code, stderr } = await audit('verify', '--log', copyOf(log, false), '--head', key);
  expect([code, stderr]).toEqual([78, expect.stringMatching(/no signed note/)]);
});

test('the help tells all', async () => {
  const { code, stdout } = await audit('--help');
  expect(code).toBe(0);
  for (const option of ['--log', '--head', '--key', '--json']) expect(stdout).toContain(option);
});

test('the story of an account is told in sentences, each with who did it, when and where it stands', async () => {
  const { code, stdout } = await audit('why', '123456789012', '--log', copyOf(log, false));
  expect(code).toBe(0);
  const told = stdout.split('\n');
  expect(told[0]).toMatch(/^The account 123456789012 is that of the provider p\d\.$/);
  expect(stdout).toContain('acme asked for the account "Production" in US.');
  expect(stdout).toMatch(
    /AWS made the account 123456789012 at payer-1\.\n {4}\S+ \(\S+\), by the command \S+, at \S+:\d+/,
  );
  const nobody = await audit('why', '999999999999', '--log', copyOf(log, false));
  expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringMatching(/No account 999999999999 is on record/)]);
});
