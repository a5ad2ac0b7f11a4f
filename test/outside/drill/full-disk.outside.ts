/** The drill of docs/operations/full-disk.md, on a disk that is really full. */
import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { built } from '../../support/built.js';
import { until } from '../../support/waiting.js';
import { startOnSmallDisk } from '../support/small-disk.js';
import { Stage } from '../support/stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.prepare();
});
afterEach(() => stage.close());

const facts = { billable: true, reseller: false, customerOfReseller: false, staff: false, demo: false };
const report = (organization: string) =>
  stage.call('service', 'PUT', `/v1/organizations/${organization}`, { body: { ...facts, officeTerritories: ['US'] } });

test('a full disk refuses commands and says so, keeps all that was answered, and serves again once there is room', async () => {
  const env = { ...stage.grounds.env, PARTNER_CLOUD_AWS_ENDPOINT: 'http://127.0.0.1:9' };
  const disk = startOnSmallDisk(stage.grounds.data, 24, resolve(built('main.js')), env);
  await stage.watch(disk.service);
  expect((await report('before')).status).toBe(200);
  disk.fill();
  const kept: string[] = ['before'];
  const refused = await until(
    async () => {
      const organization = `full-${kept.length}`;
      const answer = await report(organization);
      if (answer.status === 200) kept.push(organization);
      return answer;
    },
    ({ status }) => status !== 200,
  );
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  const red = await stage.ready();
  expect([red.status, red.text]).toEqual([
    503,
    expect.stringMatching(/"event-log":\{"ok":false,"detail":"[^"]*(full|room)/),
  ]);
  expect(await stage.figures('partner_cloud_log_writable')).toEqual({ partner_cloud_log_writable: 0 });
  expect((await stage.call('member', 'GET', '/v1/territories')).status).toBe(200);

  disk.makeRoom();
  expect(
    (
      await until(
        () => report('after'),
        ({ status }) => status === 200,
      )
    ).status,
  ).toBe(200);
  await until(
    () => stage.ready(),
    ({ status }) => status === 200,
  );
  for (const organization of [...kept, 'after']) {
    const options = `/v1/organizations/${organization}/options?territory=US`;
    expect((await stage.call('auditor', 'GET', options)).status).toBe(200);
  }
  expect(await stage.stop()).toBe(0);
});
