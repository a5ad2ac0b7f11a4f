/** The page for security officers shows what `npm run baseline` prints for the configuration that comes with the program. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { loadConfig } from '../../../../src/config/config.js';
import { awsSettings } from '../../../../src/config/settings-of.js';
import { describedState, tableOf } from '../../../../src/infrastructure/aws/baseline/described-state.js';

const { baseline, prefix, resellerName, automationRoleArn, payers } = awsSettings(loadConfig({}));
const payerRoleArn = payers[0]?.roleArn ?? '';
const settings = { prefix, resellerName, automationRoleArn, ...baseline, accountId: '123456789012', payerRoleArn };

test('docs/hardening.md holds the table as it is printed', () => {
  const page = readFileSync(new URL('../../../../docs/hardening.md', import.meta.url), 'utf8');
  const [, shown] = /## What is there, and why\n\n([\s\S]*?)\n\n/.exec(page) ?? [];
  const [, , ...table] = tableOf(describedState(settings)).trimEnd().split('\n');
  expect(shown?.split('\n')).toEqual(table);
});

test('what is the same in many regions is one row, and each of its objects is in the JSON', () => {
  const state = describedState(settings);
  expect(tableOf(state)).toContain('| volume encryption | `default` | 17 regions |');
  expect(state.objects.filter(({ kind }) => kind === 'volume-encryption')).toHaveLength(17);
  expect(state).toMatchObject({
    version: expect.stringMatching(/^\d{4}-\d{2}-\d+$/),
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    root: { kind: 'root', members: { credentials: [] } },
  });
});
