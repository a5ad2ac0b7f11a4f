/** `npm run guardrails` says which service control policies there are, and prints each as AWS takes it. */
import { expect, test } from '@jest/globals';
import { ended, startScript } from '../support/child.js';
import { wholeService } from '../support/whole-service.js';

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

test.each([
  [['plan', 'everything'], /^plan everything: one at a time\./],
  [['nothing'], /^nothing: no guardrail of this name; there are CTLGuardrailMembership, /],
  [['--payers', 'x'], /^Unknown option '--payers'/],
  [['plan', '--payer', 'payer-9'], /^--payer payer-9: is no payer of the configuration\./],
  [['plan'], /^PARTNER_CLOUD_TOKEN: is not set; it must hold the token of an operator\./],
  [['apply', '--payer', 'payer-1'], /^apply: --payer and --digest say which plan is meant; see plan\./],
])('%j is answered with what would be right', async (args, words) => {
  const { code, stdout, stderr } = await guardrails(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(words);
  expect(stderr).toContain('npm run --silent guardrails -- plan ');
});

const whole = wholeService();

test('an operator is shown a plan, applies just that, and an auditor may look and no more', async () => {
  const as = async (person: 'operator' | 'auditor', ...args: readonly string[]) => {
    const env = { PARTNER_CLOUD_TOKEN: await whole.grounds.token(person) };
    return ended(startScript('src/cli/guardrails.ts', [...args, '--url', whole.service.url], env));
  };
  const planned = await as('auditor', 'plan');
  expect(planned).toMatchObject({ code: 0, stderr: '' });
  expect(planned.stdout).toMatch(
    /^payer-1: nothing was applied yet\.\nPlan for the customers' unit ou-pay1-customers1:\n {2}let IAM act /,
  );
  const digest = /--payer payer-2 --digest (\S+)/.exec(planned.stdout)?.[1] ?? '';
  const apply = ['apply', '--payer', 'payer-2', '--digest'] as const;
  expect(await as('auditor', ...apply, digest)).toMatchObject({ code: 1, stderr: expect.stringMatching(/operator/) });
  expect((await as('operator', ...apply, digest)).stdout).toMatch(/payer-2: applied; the guardrails are kept since /);
  const again = await as('operator', ...apply, digest);
  expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/not the plan that would be applied now/) });
});
