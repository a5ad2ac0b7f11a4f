/** What was done to the log while the service was away, or cannot be read: it is noticed, named, and nobody else pays for it. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { fromLater, writeAsLater } from '../support/poison.js';
import { until } from '../support/waiting.js';
import { Stage } from './support/stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.prepare();
});
afterEach(() => stage.close());

const logFile = (): string => join(stage.grounds.data, 'events.db');

/** Changes the log as somebody with the file and without respect would. */
function tamper(change: string): void {
  using db = new DatabaseSync(logFile());
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER "${name}"`);
  db.exec(change);
}

const history = (id: string) => stage.call('auditor', 'GET', `/v1/providers/${id}/history`);
const others = async () => (await stage.call('outsider', 'GET', '/v1/territories')).status;

test('F29: a forged event is not read by anybody, and the triggers that were dropped are noticed and made again', async () => {
  await stage.start();
  const id = await stage.accepted('Forged');
  await stage.stop();
  tamper(
    "UPDATE events SET data = CAST(replace(CAST(data AS TEXT), '2018-07', '2019-07') AS BLOB) WHERE type = 'TermsAccepted'",
  );
  await stage.start();
  const seen = await until(
    () => stage.ready(),
    ({ degraded }) => degraded.includes('event-log-integrity'),
  );
  expect(seen.text).toMatch(/trigger/);
  const answer = await stage.call('administrator', 'POST', `/v1/providers/${id}/rename`, { body: { name: 'Again' } });
  expect(answer.status).toBeGreaterThanOrEqual(409);
  expect(answer.body.type).toMatch(/unreadable|unavailable/);
  expect((await history(id)).text).not.toContain('2019-07');
  expect(await others()).toBe(200);
  using db = new DatabaseSync(logFile());
  expect(() => db.exec('DELETE FROM events')).toThrow(/append|delete|immutable|never/i);
});

test('F37: one event that cannot be read takes nothing out of service, and readiness names it', async () => {
  await stage.start();
  const id = await stage.accepted('Unreadable');
  const fine = await stage.accepted('Readable');
  await stage.stop();
  await writeAsLater(logFile(), `provider-${id}`, fromLater);
  await stage.start();
  const seen = await until(
    () => stage.ready(),
    ({ text }) => text.includes(`provider-${id}`),
  );
  expect(seen.status).toBe(200);
  expect(seen.degraded.length).toBeGreaterThan(0);
  const rename = { body: { name: 'Goes on' } };
  expect((await stage.call('administrator', 'POST', `/v1/providers/${fine}/rename`, rename)).status).toBe(200);
});
