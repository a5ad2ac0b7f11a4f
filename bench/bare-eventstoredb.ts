/** The client of EventStoreDB alone, as quick as it goes: what our store is held against. */
import { binaryEvent, EventStoreDBClient, NO_STREAM, streamNameFilter } from '@eventstore/db-client';

const disposeWithinMs = 1_000;
/** As in our own subscriptions. */
const checkpointInterval = 4;

export interface BareClient {
  /** One event of so many bytes, after this revision (-1: to a new stream). */
  append(stream: string, after: number): Promise<unknown>;
  /** Reads everything in the streams that begin with the prefix, and answers how many events there were. */
  follow(prefix: string): Promise<number>;
  close(): Promise<void>;
}

/** Data and metadata are what each event is made of. */
export function openBareClient(address: string, data: Buffer, metadata: Uint8Array): BareClient {
  const client = EventStoreDBClient.connectionString(address);
  return {
    append(stream, after) {
      const event = binaryEvent({ type: 'ProviderRequested', data, metadata });
      const expectedRevision = after < 0 ? NO_STREAM : BigInt(after);
      return client.appendToStream(stream, [event], { expectedRevision, requiresLeader: true });
    },
    async follow(prefix) {
      const filter = streamNameFilter({ prefixes: [prefix], checkpointInterval });
      const subscription = client.subscribeToAll({ filter, requiresLeader: true });
      try {
        return await new Promise<number>((resolve, reject) => {
          let seen = 0;
          let until: number | undefined;
          const done = (): void => {
            if (until !== undefined && seen >= until) resolve(seen);
          };
          subscription.on('data', () => {
            seen += 1;
            done();
          });
          // What it has buffered is still to come.
          subscription.on('caughtUp', () => {
            until = seen + subscription.readableLength;
            done();
          });
          subscription.on('error', reject);
        });
      } finally {
        await subscription.unsubscribe();
      }
    },
    // It may never come back.
    close: () => Promise.race([client.dispose(), new Promise<void>((resolve) => setTimeout(resolve, disposeWithinMs))]),
  };
}
