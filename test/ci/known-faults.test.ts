/** What the check of the packages makes of what npm has found: faults fail it, and a registry that offers no audit does not. */
import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

function judged(said: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/known-faults.mjs'], {
    input: said,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const counted = (vulnerabilities: object) =>
  JSON.stringify({ vulnerabilities, metadata: { vulnerabilities: { total: 1 }, dependencies: { prod: 161 } } });

test('packages without a known fault pass', () => {
  expect(judged(counted({}))).toEqual({
    ...{ status: 0, stderr: '' },
    stdout: '161 runtime packages audited, 0 with a known fault\n',
  });
});

test('a known fault fails and is named', () => {
  const fault = { name: 'left-pad', severity: 'high', range: '<1.3.1' };
  expect(judged(counted({ 'left-pad': fault }))).toMatchObject({
    ...{ status: 1, stderr: 'left-pad <1.3.1: a known fault, high\n' },
    stdout: expect.stringContaining('1 with a known fault'),
  });
});

test.each([
  ['offers no audit', JSON.stringify({ message: '405 Method Not Allowed', error: { summary: '' } }), /405/],
  ['cannot be reached', JSON.stringify({ error: { code: 'ENOTFOUND', summary: '' } }), /ENOTFOUND/],
  ['answers with a page', '<html>\n', /<html>/],
])('a registry that %s is told of plainly, and fails nothing', (_, said, why) => {
  const { status, stdout } = judged(said);
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^NOT AUDITED: the registry offers no audit/)]);
  expect(stdout).toMatch(why);
});
