/** The table of attacks in docs/audit.md: each is tried by a test that is there. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const usual = 'test/composition/verification/verify-file.test.ts';

const rows = readFileSync('docs/audit.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| .+ \| .+ \| .+ \| .+ \|$/.test(line))
  .slice(1)
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, attack]) => !attack?.startsWith('---'))
  .map(([, attack = '', noticedBy = '', , tried = '']) => {
    const [, file = usual, title = ''] = /^`([^`]+)`(?:: (.+)| \(.+\))$/.exec(tried) ?? [undefined, usual, tried];
    return { attack, noticedBy, file, title };
  });

test('each attack says what notices it, and its test is there', () => {
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter(({ noticedBy }) => noticedBy === '')).toEqual([]);
  expect(rows.filter(({ file, title }) => !readFileSync(file, 'utf8').includes(title))).toEqual([]);
});
