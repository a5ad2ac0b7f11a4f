/** `npm run baseline` prints the desired state of the configured reseller, and docs/hardening.md has the same table. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ended, startScript } from '../support/child.js';

const baseline = (...args: readonly string[]) => ended(startScript('src/cli/baseline.ts', args, {}));

test('the table has a row with a reason for every object, and is the one that the documentation shows', async () => {
  const { code, stdout, stderr } = await baseline();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Baseline \d{4}-\d+-\d+, digest [0-9a-f]{64}\n/);
  const table = stdout.slice(stdout.indexOf('| Object'));
  expect(readFileSync('docs/hardening.md', 'utf8')).toContain(table);
});

test('the JSON holds the objects whole, for the account that was named', async () => {
  const { code, stdout } = await baseline('--json', '--account', '999999999999');
  const state = JSON.parse(stdout);
  expect({ code, account: state.account }).toEqual({ code: 0, account: '999999999999' });
  expect(state.objects).toContainEqual(
    expect.objectContaining({
      step: 'AuditTrail',
      kind: 'trail',
      name: 'ctl-audit',
      members: expect.objectContaining({ bucket: 'ctlaudit-999999999999-us-east-1-an', logging: true }),
    }),
  );
});

test.each([
  [['--account', '12'], /--account 12: twelve digits are allowed\./],
  [['--yaml'], /--yaml/],
])('%j is refused with what is allowed', async (args, words) => {
  const { code, stdout, stderr } = await baseline(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(words);
  expect(stderr).toMatch(/Usage: npm run --silent baseline/);
});
