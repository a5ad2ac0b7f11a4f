/** Whoever delivers webhooks is killed in the middle of it: the other instance goes on, misses nothing and keeps the order of each provider. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { openApi } from '../../src/cli/client/api.js';
import { type Instance, type Instances, startInstances } from '../support/instances.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { acceptedProvider } from '../support/service.js';
import { until } from '../support/waiting.js';

let started: Instances;
let receiver: Receiver;

beforeEach(async () => {
  receiver = await startReceiver();
  started = await startInstances(['a', 'b'], (config) => `${config}\nwebhooks:\n  privateNetworks: ['127.0.0.0/8']\n`);
});
afterEach(async () => {
  await started.end();
  await receiver.close();
});

interface Told {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly position: string;
}

const administrator = (path: string, { url }: Instance, sending: RequestInit = {}): Promise<Response> => {
  const headers = { authorization: `Bearer ${started.grounds.tokens.administrator}`, ...sending.headers };
  return fetch(`${url}${path}`, { ...sending, headers });
};

async function subscribed(at: Instance): Promise<{ readonly position: string; readonly secret: string }> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'handed-over' };
  const sending = { method: 'POST', headers, body: JSON.stringify({ url: receiver.url }) };
  const answer = await administrator('/v1/webhooks', at, sending);
  expect(answer.status).toBe(201);
  return (await answer.json()) as { position: string; secret: string };
}

/** What the feed tells after a position: every fact that the webhook has to tell. */
async function feedAfter(position: string, at: Instance): Promise<readonly Told[]> {
  const text = await (await administrator(`/v1/changes?after=${encodeURIComponent(position)}`, at)).text();
  const lines = text.trim().split('\n');
  return lines.map((line) => JSON.parse(line)).filter((line) => 'position' in line);
}

const came = (): readonly Told[] => receiver.received.map(({ body }) => JSON.parse(body));
/** Each fact where it first came. */
const firsts = (): readonly Told[] =>
  [
    ...new Map(
      came()
        .toReversed()
        .map((told) => [told.id, told]),
    ).values(),
  ].reverse();
const idsBy = (told: readonly Told[], stream: string): readonly string[] =>
  told.filter((each) => each.stream === stream).map(({ id }) => id);

test('the one that delivers is killed between two messages of a provider', async () => {
  const holder = await started.holder();
  const other = started.instances.find((each) => each !== holder) ?? holder;
  const { position, secret } = await subscribed(other);
  const ids = await Promise.all(
    ['One', 'Two'].map((name) => acceptedProvider(openApi(other.url), started.grounds.tokens, name)),
  );
  await until(
    async () => firsts().length,
    (length) => length >= 5,
  );
  holder.program.child.kill('SIGKILL');
  await holder.program.ended;
  const before = came().length;
  const isReady = (told: readonly Told[]): boolean =>
    ids.every((id) => told.some(({ stream, type }) => stream === `provider-${id}` && type === 'CredentialsIssued'));
  await until(async () => firsts(), isReady);

  const feed = await feedAfter(position, other);
  const all = await until(
    async () => firsts(),
    (told) => feed.every(({ id }) => told.some((each) => each.id === id)),
  );
  for (const id of ids) {
    const stream = `provider-${id}`;
    expect(idsBy(all, stream)).toEqual(expect.arrayContaining([...idsBy(feed, stream)]));
    expect(idsBy(all, stream).slice(0, idsBy(feed, stream).length)).toEqual(idsBy(feed, stream));
  }
  // Nothing was kept by the one that was killed, so the other repeats what was told already.
  expect(
    came()
      .slice(0, before)
      .some(({ id }) => idsBy(came().slice(before), `provider-${ids[0]}`).includes(id)),
  ).toBe(true);
  const signed = new Webhook(secret);
  for (const { headers, body } of receiver.received)
    expect(signed.verify(body, headers as Record<string, string>)).toEqual(JSON.parse(body));
}, 300_000);
