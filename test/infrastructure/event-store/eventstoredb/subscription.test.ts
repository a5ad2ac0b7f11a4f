/** A subscription that is left before its call has opened delivers nothing of what comes over it. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { EventStoreDBClient } from '@eventstore/db-client';
import { expect, test } from '@jest/globals';
import type { ReadCall } from '../../../../src/infrastructure/event-store/eventstoredb/read-call.js';
import { subscribe } from '../../../../src/infrastructure/event-store/eventstoredb/subscription.js';
import { startSmallServer } from '../../../support/eventstoredb/server.js';

type StreamCreator = (...asked: readonly unknown[]) => () => Promise<ReadCall>;

/** Has the client give its call away only once something has come over it, as where this process was busy meanwhile. */
function openLate(client: EventStoreDBClient): Promise<ReadCall> {
  const creating = client as unknown as { GRPCStreamCreator: StreamCreator };
  const create = creating.GRPCStreamCreator;
  return new Promise((opened) => {
    creating.GRPCStreamCreator =
      (...asked) =>
      async () => {
        const call = await create(...asked)();
        await once(call, 'readable');
        opened(call);
        return call;
      };
  });
}

test.each([
  ['is left before its call has opened hears nothing', true],
  ['is not left hears what came before it was given its call', false],
])('one that %s', async (_, isLeft) => {
  const server = await startSmallServer();
  const none = { contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.from('{}') };
  server.log.append('p-1', 'any', [{ id: randomUUID(), type: 'Any', ...none }]);
  const client = EventStoreDBClient.connectionString(server.url);
  const opening = openLate(client);
  const heard: unknown[] = [];
  let tell: () => void = () => undefined;
  const something = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const hear = (what: unknown): void => {
    heard.push(what);
    tell();
  };
  const subscription = subscribe(client, 'p-', 0n, {
    event: ({ streamId }) => hear(streamId),
    caughtUp: () => undefined,
    checkpoint: () => undefined,
    failed: hear,
  });
  if (isLeft) subscription.stop();
  const call = await opening;
  if (isLeft) await new Promise((cancelled) => call.once('error', cancelled));
  else await something;
  expect(heard).toEqual(isLeft ? [] : ['p-1']);
  subscription.stop();
  await client.dispose();
  server.stop();
});
