/** When data and keys are lost together, AWS is the last witness that this log is not the first. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Provider as Status } from '../../src/client/generated/types.gen.js';
import { read } from '../support/by-path.js';
import {
  acceptedProvider,
  credentialsOf,
  type Grounds,
  prepare,
  type RunningService,
  startRunning,
} from '../support/service.js';
import { type RunningSimulator, startSimulator } from '../support/simulator.js';
import { until } from '../support/waiting.js';

let aws: RunningSimulator;
let service: RunningService | undefined;

beforeEach(async () => {
  aws = await startSimulator();
  service = undefined;
});
afterEach(async () => {
  await service?.stop();
  await aws.close();
});

const ours = async () => (await aws.control.accounts()).filter(({ email }) => email.startsWith('aws+'));
const ready = async () => {
  const answer = await fetch(`${service?.url}/health/ready`);
  return { status: answer.status, text: await answer.text() };
};

/** A first life that ends with one account; then nothing of it is left but what AWS has. */
async function lifeThatIsLost(): Promise<Grounds> {
  const grounds = await prepare(aws.url);
  service = await startRunning(grounds);
  await credentialsOf(service.api, grounds.tokens, await acceptedProvider(service.api, grounds.tokens));
  await service.stop();
  return prepare(aws.url);
}

test('nothing is created in any payer, readiness is red and names account and payer, until a person accepts it', async () => {
  const fresh = await lifeThatIsLost();
  const [account] = await ours();
  service = await startRunning(fresh);
  expect((await ready()).status).toBe(200);
  const id = await acceptedProvider(service.api, fresh.tokens, 'Again', 'another-key');
  const red = await until(ready, ({ status }) => status === 503);
  expect(red.text).toMatch(
    new RegExp(`The payer payer-\\d has ${account?.id}, made here for the provider .*--accept-new-log`),
  );
  const look = () => service && read<Status>(service.api, `/v1/providers/${id}`, fresh.tokens.administrator);
  await until(
    async () => JSON.stringify(await look()),
    (status) => status.includes('log-in-doubt'),
  );
  expect(await ours()).toHaveLength(1);
  expect(service.logged()).toContain('of which the log knows nothing');
  await service.stop();

  service = await startRunning(fresh, { acceptLog: 'u-93d6f2b8017e' });
  await credentialsOf(service.api, fresh.tokens, id);
  expect(await ours()).toHaveLength(2);
  expect((await ready()).status).toBe(200);
});
