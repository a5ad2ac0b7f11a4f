/**
 * What the server answers to an append that is sent again: the adapter rests on it, and the small server must not drift from it.
 * It is asked of a real server where `EVENTSTOREDB_URL` names one.
 */
import { randomUUID } from 'node:crypto';
import { ANY, type AppendExpectedRevision, binaryEvent, EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SmallServer, startSmallServer } from '../../../support/eventstoredb/server.js';

const real = process.env.EVENTSTOREDB_URL;
let server: SmallServer | undefined;
let client: EventStoreDBClient;

beforeAll(async () => {
  if (!real) server = await startSmallServer();
  client = EventStoreDBClient.connectionString(real ?? server?.url ?? '');
});
afterAll(async () => {
  await client.dispose();
  server?.stop();
});

const event = (id: string, data = 'a') => binaryEvent({ id, type: 'Tried', data: Buffer.from(data) });
const ids = Array.from({ length: 6 }, () => randomUUID());

/** A stream of five events, and how it answers. */
async function five() {
  const stream = `idempotency-${randomUUID()}`;
  const send = async (expectedRevision: AppendExpectedRevision, which: readonly number[], data?: string) => {
    const events = which.map((n) => event(ids[n] ?? '', data));
    try {
      const { nextExpectedRevision, position } = await client.appendToStream(stream, events, { expectedRevision });
      return { revision: Number(nextExpectedRevision), position: position?.commit };
    } catch (error) {
      return (error as { readonly type?: string }).type;
    }
  };
  const first = await send(NO_STREAM, [0, 1, 2, 3, 4]);
  return { stream, send, first };
}

describe('an append that is sent again', () => {
  test('with the same ids at the same revision is answered with the old place, also by ANY and after others', async () => {
    const { send, first } = await five();
    expect(first).toMatchObject({ revision: 4 });
    await send(4n, [5]);
    expect(await send(NO_STREAM, [0, 1, 2, 3, 4])).toEqual(first);
    expect(await send(ANY, [0, 1, 2, 3, 4])).toEqual(first);
  });

  test('with other data under the same ids is taken for the same', async () => {
    const { send, first } = await five();
    expect(await send(NO_STREAM, [0, 1, 2, 3, 4], 'other')).toEqual(first);
  });

  test('in part is taken for the same where it stood', async () => {
    const { send } = await five();
    expect(await send(NO_STREAM, [0, 1])).toMatchObject({ revision: 1 });
    expect(await send(1n, [2, 3, 4])).toMatchObject({ revision: 4 });
  });

  test('elsewhere, in another order or with one more is a conflict', async () => {
    const { send } = await five();
    for (const which of [
      [2, 3, 4],
      [1, 0, 2, 3, 4],
      [0, 1, 2, 3, 4, 5],
    ])
      expect(await send(NO_STREAM, which)).toBe('wrong-expected-version');
    expect(await send(2n, [0])).toBe('wrong-expected-version');
  });

  test('at the present end is stored a second time', async () => {
    const { send } = await five();
    expect(await send(4n, [0, 1])).toMatchObject({ revision: 6 });
  });

  test('with nothing in it says that it was stored, and stores nothing', async () => {
    const stream = `idempotency-${randomUUID()}`;
    const { nextExpectedRevision } = await client.appendToStream(stream, [], { expectedRevision: NO_STREAM });
    expect(nextExpectedRevision).toBe(0n);
    const read = client.readStream(stream);
    await expect(read[Symbol.asyncIterator]().next()).rejects.toMatchObject({ type: 'stream-not-found' });
    await read.cancel();
  });

  test('a conflict tells the actual revision, and an append of more than 1,048,576 bytes is refused', async () => {
    const { stream } = await five();
    const late = client.appendToStream(stream, [event(randomUUID())], { expectedRevision: 2n });
    await expect(late).rejects.toMatchObject({ expectedVersion: 2n, actualVersion: 4n });
    const large = [event(randomUUID(), 'x'.repeat(1_100_000))];
    await expect(client.appendToStream(stream, large, { expectedRevision: 4n })).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
    });
  });
});
