/** What AWS says is told as what it is: whose call, which account, what now, and who must act. */
import { CloseAccountCommand } from '@aws-sdk/client-organizations';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type SimulatorProcess, startSimulatorProcess } from '../support/processes.js';
import { controlOf, type SimulatorControl } from '../support/simulator.js';
import { until } from '../support/waiting.js';
import { organizationOf } from './support/payer.js';
import { Stage } from './support/stage.js';

const automation = '210987654321';

let stage: Stage;
let aws: SimulatorProcess;
let control: SimulatorControl;
beforeAll(async () => {
  stage = await Stage.prepare();
  aws = await startSimulatorProcess(stage.grounds);
  control = controlOf(aws.url);
  await stage.start(aws.url);
});
afterEach(() => control.withdrawFaults());
afterAll(async () => {
  await stage.close();
  await aws.end('SIGKILL');
});

/** Strikes every call of the operation that this account makes, until it is taken back. */
const refuse = (service: string, operation: string, code: string, message: string, account?: string) =>
  control.inject({ kind: 'error', service, operation, account, times: 100_000, code, status: 403, message });

test('F1, F2: a region switched off in our own account is no young account, and the words follow the present cause', async () => {
  const words = `STS is not activated in this region for account:${automation}.`;
  await refuse('sts', 'AssumeRole', 'RegionDisabledException', words, automation);
  const id = await stage.accepted('Own account');
  const said = await stage.said(id, /"waitsFor"|"waiting"/);
  expect(said).not.toMatch(/young|new account/);
  const seen = await until(
    () => stage.ready(),
    ({ text }) => text.includes('RegionDisabled'),
  );
  expect(seen).toMatchObject({ status: 200, degraded: expect.arrayContaining(['aws']) });
  expect(seen.text).toContain('us-east-1');

  await control.withdrawFaults();
  await refuse('organizations', 'CreateAccount', 'SubscriptionRequiredException', 'A subscription is required.');
  const operator = async () => (await stage.call('operator', 'GET', `/v1/providers/${id}`)).text;
  const now = await until(operator, (text) => text.includes('SubscriptionRequired'));
  expect(now).toContain('Organizations CreateAccount');
  expect(now).not.toContain('RegionDisabled');
  await control.withdrawFaults();
  expect((await stage.active(id)).stage).toBe('active');
  await until(
    () => stage.ready(),
    ({ degraded }) => !degraded.includes('aws'),
  );
});

test('F3: a session that AWS ended early is dropped and assumed again, and nothing is said of missing credentials', async () => {
  await control.inject({
    ...{ kind: 'error', service: 'organizations', operation: 'DescribeCreateAccountStatus', times: 1 },
    ...{ code: 'ExpiredTokenException', status: 400, message: 'The security token included in the request is expired' },
  });
  const from = stage.lines.length;
  const id = await stage.accepted('Ended session');
  expect((await stage.active(id)).stage).toBe('active');
  expect(await control.faults()).toEqual([]);
  expect(stage.lines.slice(from).join('\n')).not.toContain('no-aws-credentials');
});

test('F8: who is not billable any more when its turn comes waits with a reason, and goes on once it is again', async () => {
  const facts = { billable: true, reseller: false, customerOfReseller: false, staff: false, demo: false };
  const report = (billable: boolean) =>
    stage.call('service', 'PUT', '/v1/organizations/acme', { body: { ...facts, billable, officeTerritories: ['US'] } });
  await stage.call('operator', 'POST', '/v1/payers/all/pause', { body: {} });
  const id = await stage.accepted('Not billable');
  await report(false);
  const before = (await control.calls({ operation: 'CreateAccount' })).length;
  await stage.call('operator', 'POST', '/v1/payers/all/resume', { body: {} });
  await stage.said(id, /not set up for billing/);
  expect(await control.calls({ operation: 'CreateAccount' })).toHaveLength(before);
  await report(true);
  expect((await stage.active(id)).stage).toBe('active');
});

test('F22: of thirty reveals at once ten are shown and twenty are told to come later', async () => {
  const id = await stage.accepted('Revealed');
  await stage.active(id);
  const reveal = () => stage.call('administrator', 'POST', `/v1/providers/${id}/credentials/reveal`);
  const statuses = (await Promise.all(Array.from({ length: 30 }, reveal))).map(({ status }) => status);
  expect([200, 429].map((status) => statuses.filter((each) => each === status).length)).toEqual([10, 20]);
});

test('F4: an account closed by hand is told as closed, and nothing of it is handed out any more', async () => {
  const id = await stage.accepted('Closed');
  const { account } = await stage.active(id);
  await (await organizationOf(aws.url, account?.id ?? '')).send(new CloseAccountCommand({ AccountId: account?.id }));
  const answer = await stage.call('administrator', 'POST', `/v1/providers/${id}/credentials/reveal`);
  expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('account-closed')]);
  await stage.said(id, /"state":"(PENDING_CLOSURE|CLOSED)"/);
  expect((await stage.call('member', 'POST', `/v1/providers/${id}/console-sessions`, { body: {} })).status).not.toBe(
    201,
  );
});
