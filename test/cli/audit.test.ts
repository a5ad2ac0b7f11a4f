/** `npm run audit`: the exit codes and words of a verification, for a log that is whole and for one that is not. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, expect, test } from '@jest/globals';
import { askedFor } from '../../src/cli/audit/arguments.js';
import { usages } from '../../src/cli/audit/usage.js';
import { ended, startScript } from '../support/child.js';
import { unpacked, verified } from '../support/evidence-pack.js';
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

test.each<[readonly string[], string]>([
  [[], 'Say what to do.'],
  [['vreify'], 'There is no vreify.'],
  [['verify', '--haed', 'x'], "Unknown option '--haed'"],
  [['verify', 'x'], 'verify does not know what to do with x.'],
  [['why'], 'why wants ACCOUNT_ID.'],
  [['why', '123456789012', '--to', 'x'], 'why takes no --to.'],
  [['evidence', 'p1'], 'evidence wants --to.'],
])('%j is answered with what would be right', (args, words) => {
  expect(askedFor(args)).toMatchObject({ kind: 'wrong', words: expect.stringContaining(words) });
});

test('what is asked wrongly ends with 78, its words and what would be right', async () => {
  const unknown = await audit('vreify');
  expect([unknown.code, unknown.stdout]).toEqual([78, '']);
  expect(unknown.stderr).toMatch(/^There is no vreify\.\n\nWhat auditors ask/);
  const missing = await audit('verify', '--log', '/nowhere/events.db');
  expect([missing.code, missing.stderr]).toEqual([78, 'There is no file /nowhere/events.db.\n']);
  const model = await audit('replay', 'provider-stauts', '--to', 'x');
  expect([model.code, model.stderr]).toEqual([
    78,
    expect.stringMatching(/^There is no read model provider-stauts; there are /),
  ]);
});

test('a file that is no head is said to be none', async () => {
  const { code, stderr } = await audit('verify', '--log', copyOf(log, false), '--head', key);
  expect([code, stderr]).toEqual([78, expect.stringMatching(/no signed note/)]);
});

test('the help tells all commands, and each with all that it takes', async () => {
  const { code, stdout } = await audit('--help');
  expect(code).toBe(0);
  for (const name of Object.keys(usages)) expect(stdout).toContain(`npm run audit -- ${name} `);
  const wanted = {
    verify: ['log', 'head', 'key', 'json'],
    evidence: ['to', 'at', 'heads', 'key'],
    replay: ['to', 'at'],
    why: [],
  };
  for (const [name, options] of Object.entries(wanted))
    for (const option of options)
      expect(usages[name as keyof typeof usages]).toMatch(new RegExp(`^  --${option} `, 'm'));
  expect(askedFor(['verify', '--help'])).toEqual({ kind: 'help', name: 'verify' });
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

const elsewhere = '2e8dff17-e16d-414e-a63c-456f2c84526f';

/** Puts the head of a size where the service would have. */
function keepHead(file: string, size: number): void {
  const heads = join(dirname(file), 'audit-heads', log.logId);
  mkdirSync(heads, { recursive: true });
  writeFileSync(join(heads, `${String(size).padStart(15, '0')}.checkpoint`), log.head(size));
}

test.each([true, false])(
  'evidence is made from the files alone, with the tree beside the log: %s',
  async (withTree) => {
    const file = copyOf(log, withTree);
    const to = join(dirname(file), 'evidence.zip');
    const ask = () => audit('evidence', 'p1', '--log', file, '--key', key, '--to', to);
    const pending = await ask();
    expect([pending.code, pending.stderr]).toEqual([1, expect.stringMatching(/No signed head/)]);
    keepHead(file, log.events);
    expect(await ask()).toMatchObject({ code: 0, stderr: '' });
    expect(verified(unpacked(readFileSync(to)))).toEqual({ code: 0, words: expect.stringMatching(/^OK: \d+ facts/) });
    const again = await ask();
    expect([again.code, again.stderr]).toEqual([78, expect.stringMatching(/it is there already/)]);
    const other = await audit(
      'evidence',
      'p1',
      '--log',
      file,
      '--key',
      key,
      '--to',
      `${to}.2`,
      '--at',
      `${elsewhere}:3`,
    );
    expect([other.code, other.stderr]).toEqual([78, expect.stringMatching(/is of the log 2e8dff17.*new positions/)]);
  },
);

test('of a log that is not what the head covers nothing is proven', async () => {
  const file = copyOf(log, false);
  keepHead(file, log.events);
  tamper(file, sql('DELETE FROM events WHERE position = 2'));
  const to = join(dirname(file), 'evidence.zip');
  const { code, stderr } = await audit('evidence', 'p1', '--log', file, '--key', key, '--to', to);
  expect([code, stderr, existsSync(to)]).toEqual([
    1,
    expect.stringMatching(/not what the head over \d+ facts covers/),
    false,
  ]);
});

test('a read model is replayed as of a position, and as of the end', async () => {
  const file = copyOf(log, false);
  const stages = async (...at: readonly string[]) => {
    const to = join(dirname(file), `then${at.length}.db`);
    const { code, stdout, stderr } = await audit('replay', 'provider-status', '--log', file, '--to', to, ...at);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^\d+ of \d+ events …\n$/)]);
    expect(stdout).toContain('as of');
    using db = new DatabaseSync(to, { readOnly: true });
    return db
      .prepare('SELECT stage FROM provider_status ORDER BY provider_id')
      .all()
      .map(({ stage }) => stage);
  };
  expect(await stages('--at', '6')).toEqual(['requested', 'requested', 'requested']);
  expect(await stages()).toEqual(['active', 'created', 'created']);
  const beyond = await audit('replay', 'organizations', '--log', file, '--to', `${file}.then`, '--at', '999');
  expect([beyond.code, beyond.stderr]).toEqual([78, expect.stringMatching(/positions go from \S+:1 to \S+:\d+/)]);
});
