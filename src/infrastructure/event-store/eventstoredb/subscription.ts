/** A subscription to the streams of one log: what is delivered, and when nothing more was there. */
import {
  type EventStoreDBClient,
  type RecordedEvent as ServerEvent,
  START,
  streamNameFilter,
} from '@eventstore/db-client';

export interface Heard {
  event(event: ServerEvent): void;
  /** All that had been appended when it was looked at has been delivered. */
  caughtUp(): void;
  /** The log has been looked through up to this place, and everything before it was delivered. */
  checkpoint(commit: bigint): void;
  failed(error: unknown): void;
}

export interface Subscription {
  pause(): void;
  resume(): void;
  /** Gives the call back to the connection; after a mere `break` it would be held for ever. */
  stop(): void;
}

/** A checkpoint comes after so many times 32 events of the whole log. */
const checkpointInterval = 4;

/** Places are signed numbers of 64 bits; what is beyond them is the server's word for the end, told by one that was just started. */
const lastPlace = 2n ** 63n - 1n;

/** Everything in the streams that begin with the prefix after a place (0: from the start), until it is stopped. */
export function subscribe(client: EventStoreDBClient, prefix: string, after: bigint, heard: Heard): Subscription {
  const checkpointReached = (_: unknown, { commit }: { readonly commit: bigint }): void => {
    // What waits in the stream lies before the checkpoint.
    if (subscription.readableLength === 0 && commit <= lastPlace) heard.checkpoint(commit);
  };
  const filter = streamNameFilter({ prefixes: [prefix], checkpointInterval, checkpointReached });
  const fromPosition = after === 0n ? START : { commit: after, prepare: after };
  const subscription = client.subscribeToAll({ filter, fromPosition, requiresLeader: true });
  // The client says that it has caught up when the server did, while some events wait in the stream still.
  let untilCaughtUp: number | undefined;
  const told = (): void => {
    if (untilCaughtUp !== 0) return;
    untilCaughtUp = undefined;
    heard.caughtUp();
  };
  subscription.on('caughtUp', () => {
    untilCaughtUp = subscription.readableLength;
    told();
  });
  subscription.on('data', ({ event }: { readonly event?: ServerEvent }) => {
    if (event) heard.event(event);
    if (untilCaughtUp) untilCaughtUp -= 1;
    told();
  });
  subscription.on('error', (error: unknown) => heard.failed(error));
  subscription.on('end', () => heard.failed(new Error('the subscription ended')));
  return {
    pause: () => void subscription.pause(),
    resume: () => void subscription.resume(),
    stop() {
      subscription.removeAllListeners('data');
      subscription.on('error', () => undefined);
      subscription.resume();
      void subscription.unsubscribe().catch(() => undefined);
    },
  };
}
