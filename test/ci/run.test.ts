/** `.ci/run` on checks of its own: what passes, what fails, and what takes too long. */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '../support/temporary-folder.js';

/** A checkout that has `.ci/run` and the given checks, each the lines of a script. */
function checkout(checks: Record<string, readonly string[]>): string {
  const folder = join(temporaryFolder(), 'checkout');
  mkdirSync(join(folder, '.ci/checks'), { recursive: true });
  copyFileSync('.ci/run', join(folder, '.ci/run'));
  for (const [name, lines] of Object.entries(checks)) {
    const file = join(folder, '.ci/checks', `${name}.sh`);
    writeFileSync(file, ['#!/usr/bin/env bash', ...lines, ''].join('\n'));
    chmodSync(file, 0o755);
  }
  return folder;
}

function run(folder: string, ...names: string[]): { code: number | null; lines: string[] } {
  const { status, stdout } = spawnSync(join(folder, '.ci/run'), names, { encoding: 'utf8' });
  return { code: status, lines: stdout.trimEnd().split('\n') };
}

const passing = ['# minutes: 1', 'echo "I was run in $(basename "$PWD")"'];

test('checks run in order from the checkout, and the last line counts them', () => {
  const { code, lines } = run(checkout({ '20-second': passing, '10-first': passing }));
  expect(code).toBe(0);
  expect(lines.filter((line) => /^== \w+$/.test(line))).toEqual(['== first', '== second']);
  expect(lines).toContain('I was run in checkout');
  expect(lines.at(-1)).toBe('2 passed, 0 failed');
});

test('a check that fails does not keep the next from running', () => {
  const { code, lines } = run(checkout({ '10-bad': ['# minutes: 1', 'exit 3'], '20-good': passing }));
  expect(code).toBe(1);
  expect(lines).toContain('== bad FAILED: it ended with code 3');
  expect(lines.at(-1)).toBe('1 passed, 1 failed');
});

/** Ended, or ended and not yet fetched by its parent. */
function ended(pid: string): boolean {
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || /\) Z /.test(readFileSync(stat, 'utf8'));
}

test('a check over its budget is ended and counts as failed', () => {
  const { code, lines } = run(checkout({ '10-slow': ['# minutes: 0', 'sleep 1000'] }));
  expect(code).toBe(1);
  expect(lines).toContain('== slow FAILED: it took longer than its budget of 0 minutes and was ended');
  expect(lines.at(-1)).toBe('0 passed, 1 failed');
});

test('what a check leaves running is ended with it', () => {
  const folder = checkout({ '10-untidy': ['# minutes: 1', 'sleep 1000 & echo $! > child'] });
  expect(run(folder).lines.at(-1)).toBe('1 passed, 0 failed');
  expect(ended(readFileSync(join(folder, 'child'), 'utf8').trim())).toBe(true);
});

test('a check without a budget fails, and so does a name that nothing has', () => {
  const folder = checkout({ '10-endless': ['true'], '20-good': passing });
  expect(run(folder).lines).toContain('== endless FAILED: it has no line "# minutes: N"');
  expect(run(folder, 'good').lines.at(-1)).toBe('1 passed, 0 failed');
  expect(run(folder, 'other')).toMatchObject({ code: 1, lines: ['No check is called other.', '0 passed, 1 failed'] });
});

test('every check of this checkout can be run and has its budget', () => {
  const files = readdirSync('.ci/checks');
  expect(files.filter((name) => !/^\d\d-[a-z-]+\.sh$/.test(name))).toEqual([]);
  expect(files.filter((name) => !/^# minutes: \d+$/m.test(readFileSync(join('.ci/checks', name), 'utf8')))).toEqual([]);
});
