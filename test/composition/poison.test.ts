/** The whole service on a history that it cannot read: it starts, says so, serves the others, and leaves alone what is set aside. */
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { reveal } from '../../src/cli/demo/journey.js';
import { read, send } from '../support/by-path.js';
import { fromLater, whyUnreadable, writeAsLater } from '../support/poison.js';
import { acceptedProvider, credentialsOf, startRunning } from '../support/service.js';
import { until } from '../support/waiting.js';
import { wholeService } from '../support/whole-service.js';

const whole = wholeService();

const operate = async (path: string, body: object) =>
  send<Record<string, unknown>>(whole.service.api, 'POST', path, await whole.grounds.token('operator'), body);
const ready = async () => {
  const response = await fetch(`${whole.service.url}/health/ready`);
  return { status: response.status, text: await response.text() };
};
/** The verification of the log goes on saying what it found in the file until it is run again. */
const degradedIn = (text: string): readonly string[] =>
  JSON.parse(text).degraded.filter((part: string) => part !== 'audit-verification');

const ours = async () => (await whole.aws.control.accounts()).filter(({ email }) => email.startsWith('aws+'));

test('the others go on, and what is set aside is left alone until it is decided otherwise', async () => {
  const { tokens } = whole.grounds;
  const settled = await acceptedProvider(whole.service.api, tokens, 'Settled');
  await credentialsOf(whole.service.api, tokens, settled);
  await operate('/v1/payers/all/pause', {});
  const bad = await acceptedProvider(whole.service.api, tokens, 'Bad');
  const good = await acceptedProvider(whole.service.api, tokens, 'Good');
  await whole.service.stop();
  await writeAsLater(join(whole.grounds.data, 'events.db'), `provider-${bad}`, fromLater);

  whole.service = await startRunning(whole.grounds);
  const degraded = await ready();
  expect([degraded.status, degraded.text]).toEqual([
    200,
    expect.stringMatching(`provider-${bad} revision \\d+: ${whyUnreadable}`),
  ]);
  expect((await reveal(whole.service.api, tokens, settled)).temporaryPassword).not.toBe('');
  await operate('/v1/payers/all/resume', {});
  expect(await ours()).toHaveLength(1);

  const decided = await operate('/v1/quarantine', { stream: `provider-${bad}`, reason: 'Rolled back too far.' });
  expect(decided).toMatchObject({ quarantined: true, cause: whyUnreadable });
  expect((await credentialsOf(whole.service.api, tokens, good)).stage).toBe('active');
  const later = await acceptedProvider(whole.service.api, tokens, 'Later');
  expect((await credentialsOf(whole.service.api, tokens, later)).stage).toBe('active');
  await until(ready, ({ text }) => degradedIn(text).length === 0);
  const status = await read<Record<string, unknown>>(whole.service.api, `/v1/providers/${bad}`, tokens.administrator);
  expect(status).toMatchObject({ stage: 'accepted', quarantine: { words: expect.stringMatching(/set aside/) } });
  expect(await ours()).toHaveLength(3);
  expect(whole.service.logged()).toMatch(/A read model stands still.*A read model moves again/s);
});

test('reconciliation can be asked for, and finds nothing where nothing was done behind our back', async () => {
  const id = await acceptedProvider(whole.service.api, whole.grounds.tokens);
  await credentialsOf(whole.service.api, whole.grounds.tokens, id);
  expect(await operate('/v1/reconciliation', {})).toMatchObject({ running: { since: expect.any(String) } });
  const operator = await whole.grounds.token('operator');
  const { last } = await until(
    () => read<{ last?: Record<string, unknown> }>(whole.service.api, '/v1/reconciliation', operator),
    ({ last: report }) => report !== undefined,
  );
  expect(last).toMatchObject({ listed: 1, recorded: 1, findings: [] });
});
