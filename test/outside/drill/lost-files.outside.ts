/** The drill of docs/operations/lost-files.md: read models, the vault, and the keys are lost while the log is there. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type SimulatorProcess, startBuilt, startSimulatorProcess } from '../../support/processes.js';
import { controlOf } from '../../support/simulator.js';
import { until } from '../../support/waiting.js';
import { Stage } from '../support/stage.js';

let stage: Stage;
let aws: SimulatorProcess;
let id: string;
beforeAll(async () => {
  stage = await Stage.prepare();
  aws = await startSimulatorProcess(stage.grounds);
  await stage.start(aws.url);
  id = await stage.accepted('Drill');
  await stage.active(id);
});
afterAll(async () => {
  await stage.close();
  await aws.end('SIGKILL');
});

const inData = (name: string): string => join(stage.grounds.data, name);
const keys = (): string => stage.grounds.env.PARTNER_CLOUD_KEYS ?? '';
const removeVault = (): void => {
  for (const end of ['', '-wal', '-shm']) rmSync(inData(`vault.db${end}`), { force: true });
};
const credentials = (use: string, body?: object) =>
  stage.call('administrator', 'POST', `/v1/providers/${id}/credentials/${use}`, { body });
const created = async () => (await controlOf(aws.url).calls({ operation: 'CreateAccount' })).length;

/** New credentials, as the customer's administrator asks for them; resolves with the temporary password. */
async function reissued(): Promise<unknown> {
  expect((await credentials('reissue')).status).toBe(200);
  const shown = await until(
    () => credentials('reveal'),
    ({ status }) => status === 200,
  );
  return shown.body.temporaryPassword;
}

/** A status without what is another one after a start: where it was read, and how often this process has tried a step. */
function onRecord({ position, steps, ...status }: Awaited<ReturnType<typeof stage.status>>) {
  return { ...status, steps: steps.map(({ attempts, ...step }) => step) };
}

test('lost read models are filled again from the log, with the same answers and no call to make an account', async () => {
  const before = onRecord(await stage.whole(id));
  await stage.stop();
  rmSync(inData('read-models'), { recursive: true });
  await stage.start(aws.url);
  expect(onRecord(await stage.status(id))).toEqual(before);
  expect(await stage.ready()).toMatchObject({ status: 200, degraded: [] });
  expect(await stage.figures('partner_cloud_read_model_filling')).not.toEqual({});
  expect(new Set(Object.values(await stage.figures('partner_cloud_read_model_lag_events')))).toEqual(new Set([0]));
  expect(await created()).toBe(1);
});

test('a lost vault takes unused passwords with it: the reveal says so, and new credentials are the way on', async () => {
  const first = (await credentials('reveal')).body.temporaryPassword;
  await stage.stop();
  removeVault();
  await stage.start(aws.url);
  const gone = await credentials('reveal');
  expect(gone.status).not.toBe(200);
  expect(gone.text).toMatch(/new credentials|reissue/i);
  const second = await reissued();
  expect(second).not.toBe(first);
  expect(await created()).toBe(1);
});

test('with the keys lost a start is refused in one line; without the vault it goes on, and passwords are issued anew', async () => {
  await stage.stop();
  const own = readdirSync(keys()).filter((name) => !name.startsWith('demo-'));
  for (const name of own) rmSync(join(keys(), name));
  const env = { ...stage.grounds.env, PARTNER_CLOUD_AWS_ENDPOINT: aws.url };
  const { code, stderr } = await startBuilt('main.js', [], env).ended;
  expect({ code, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 78, lines: 1 });
  expect(stderr).toMatch(/key/);
  expect(existsSync(inData('vault.db'))).toBe(true);
  removeVault();
  await stage.start(aws.url);
  expect(await reissued()).toEqual(expect.any(String));
  expect(await created()).toBe(1);
});
