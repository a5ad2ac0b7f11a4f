/** docs/hardening.md says of each row of a benchmark what the desired state says of it. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { desiredState } from '../../../src/domain/baseline/desired-state.js';
import { defaultRegions } from '../../../src/domain/baseline/regions.js';
import type { BaselineSettings } from '../../../src/domain/baseline/settings.js';
import { baselineSteps } from '../../../src/domain/provider/steps.js';
import { settings } from './account.js';
import { cis, controlTower, landingZone, type Row } from './benchmarks.js';

const objectsOf = (asked: BaselineSettings) => baselineSteps.flatMap((step) => desiredState(step, asked));
const { contacts: _contacts, ...noContacts } = settings;
/** As the configuration is until somebody changes it, and with every switch on. */
const byDefault = objectsOf({ ...noContacts, regions: ['us-east-1', 'us-west-2'] });
const withSwitches = objectsOf({ ...settings, regions: defaultRegions });

function verdict({ holds, otherwise, why }: Row): string {
  if (holds?.(byDefault)) return 'passed by default';
  if (holds?.(withSwitches)) return 'passed with a switch';
  return otherwise ? `${otherwise}: ${why}` : 'failed';
}

const tableOf = (rows: readonly Row[]): readonly string[] => [
  '| Row | What it asks | Here |',
  '|---|---|---|',
  ...rows.map((row) => `| ${row.id} | ${row.title} | ${verdict(row)} |`),
];

const page = readFileSync(new URL('../../../docs/hardening.md', import.meta.url), 'utf8');

test.each([
  ['CIS AWS Foundations 7.0', cis],
  ['Control Tower, mandatory controls', controlTower],
  ['Landing Zone Accelerator, sample configuration', landingZone],
])('%s', (title, rows) => {
  const [, shown] = page.split(`### ${title}\n\n`);
  const table = tableOf(rows);
  expect(shown?.split('\n').slice(0, table.length)).toEqual(table);
});

test('whatever we set up passes, and what nobody may change is denied to everybody', () => {
  const ours = [...cis, ...controlTower, ...landingZone].filter(({ holds }) => holds);
  expect(ours.map((row) => [row.id, verdict(row)]).filter(([, said]) => said === 'failed')).toEqual([]);
  const prohibited = controlTower.filter(({ id }) => id.includes('CHANGE_PROHIBITED'));
  for (const row of prohibited) expect(verdict(row)).toMatch(/^(passed by default|not applicable)/);
});

test('a condition can fail: an account without a baseline passes nothing that its own objects must fulfil', () => {
  const passed = cis.filter(({ holds }) => holds?.([])).map(({ id }) => id);
  // These are above the account.
  expect(passed).toEqual(['2.1.1', '2.1.2', '2.2', '2.7']);
});
