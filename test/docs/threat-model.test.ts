/** Each attack of the threat model names what stops it, and a test that is there. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const rows = readFileSync('docs/threat-model.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| Attack'));

test('every attack is shown to be stopped by a test of that name', () => {
  expect(rows.length).toBeGreaterThan(25);
  const missing = rows.filter((row) => {
    const [, file = '', title = ''] = /\| `(.+?)`: (.+?) \|$/.exec(row) ?? [];
    return !existsSync(file) || !readFileSync(file, 'utf8').replaceAll("\\'", "'").includes(title);
  });
  expect(missing).toEqual([]);
});
