/** `npm run guardrails` says which service control policies there are, and prints each as AWS takes it. */
import { expect, test } from '@jest/globals';
import { ended, startScript } from '../support/child.js';

const guardrails = (...args: readonly string[]) => ended(startScript('src/cli/guardrails.ts', args, {}));

test('each guardrail is listed with its size, and printed whole by its name', async () => {
  const { code, stdout, stderr } = await guardrails();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const names = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '');
  expect(names).toEqual(['CTLGuardrailMembership', 'CTLGuardrailHardening', 'CTLGuardrailBilling']);
  const printed = await guardrails('CTLGuardrailHardening');
  expect(printed.code).toBe(0);
  expect(JSON.parse(printed.stdout).Statement.length).toBeGreaterThan(3);
  expect(stdout).toContain(`CTLGuardrailHardening  ${printed.stdout.trim().length} of 5120 characters`);
});

test('an unknown name is answered with the names there are', async () => {
  const { code, stdout, stderr } = await guardrails('plan', 'everything');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/plan everything: no guardrail of this name\.\nUsage: .*\n {2}CTLGuardrailMembership\n/);
});
