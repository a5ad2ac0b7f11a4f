/** A clock that was far ahead and was set right: what is said, and what it does not touch. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { factsIn } from '../support/log-of.js';
import { until } from '../support/waiting.js';
import { clockIn, hourMs, type ServiceClock } from './support/clock.js';
import { Stage } from './support/stage.js';

const facts = { billable: true, reseller: false, customerOfReseller: false, staff: false, demo: false };

let stage: Stage;
let clock: ServiceClock;
beforeAll(async () => {
  stage = await Stage.prepare();
  clock = clockIn(stage.grounds.folder);
  Object.assign(stage.grounds.env, clock.env);
  await stage.start();
});
afterAll(() => stage.close());

/** Reported by whoever holds a token that was signed by this machine's clock; it is good for eight hours. */
const report = (organization: string) =>
  stage.call('service', 'PUT', `/v1/organizations/${organization}`, { body: { ...facts, officeTerritories: ['US'] } });

test('F15, F31: one fact of a clock far ahead is told of, and later facts of others bear the right time', async () => {
  expect((await report('before')).status).toBe(200);
  // As far as tokens that were signed by the right clock are still good.
  clock.ahead(7 * hourMs);
  expect((await report('ahead')).status).toBe(200);
  clock.ahead(0);
  const seen = await until(
    () => stage.ready(),
    ({ degraded }) => degraded.includes('clock'),
  );
  expect(seen).toMatchObject({ status: 200, text: expect.stringMatching(/recorded 2\d{4} s ahead/) });
  await stage.service?.line(/ahead of this machine's clock/);
  expect((await report('after')).status).toBe(200);
  expect((await report('ahead')).status).toBe(200);

  await stage.stop();
  const at = new Map(factsIn(stage.grounds.data).map(({ stream, at: when }) => [stream, when]));
  const times = ['before', 'after', 'ahead'].map((name) => at.get(`organization-${name}`) ?? Number.NaN);
  const [before = 0, after = 0, ahead = 0] = times;
  expect(after - before).toBeLessThan(hourMs);
  expect(ahead - after).toBeGreaterThan(6 * hourMs);
});
