/** A subscription to the streams of one log: what is delivered, and when nothing more was there. */
import { convertToCommandError, type EventStoreDBClient } from '@eventstore/db-client';
import { openReadCall, type ReadCall } from './read-call.js';
import type { SentEvent, SubscriptionMessage } from './subscription-messages.js';

export interface Heard {
  event(event: SentEvent): void;
  /** All that had been appended when it was looked at has been delivered. */
  caughtUp(): void;
  /** The log has been looked through up to this place, and everything before it was delivered. */
  checkpoint(commit: bigint): void;
  failed(error: unknown): void;
}

export interface Subscription {
  pause(): void;
  resume(): void;
  /** Gives the call back to the connection; one that was merely left would be held for ever. */
  stop(): void;
}

/** A checkpoint comes after so many times 32 events of the whole log. */
const checkpointInterval = 4;

/** Places are signed numbers of 64 bits; what is beyond them is the server's word for the end, told by one that was just started. */
const lastPlace = 2n ** 63n - 1n;

/** Everything in the streams that begin with the prefix after a place (0: from the start), until it is stopped. */
export function subscribe(client: EventStoreDBClient, prefix: string, after: bigint, heard: Heard): Subscription {
  let call: ReadCall | undefined;
  let stopped = false;
  const failed = (error: Error): void => {
    if (!stopped) heard.failed(convertToCommandError(error));
  };
  const opened = (read: ReadCall): void => {
    call = read;
    read.on('error', failed);
    if (stopped) {
      cancel(read);
      return;
    }
    read.on('data', (message: SubscriptionMessage) => hear(heard, message));
    read.on('end', () => failed(new Error('the subscription ended')));
  };
  openReadCall(client, { prefix, after, checkpointInterval }).then(opened).catch(failed);
  return {
    pause: () => void call?.pause(),
    resume: () => void call?.resume(),
    stop() {
      if (stopped) return;
      stopped = true;
      if (call) cancel(call);
    },
  };
}

/** Messages come in the order of the log, so that whatever lies before a checkpoint has been delivered. */
function hear(heard: Heard, message: SubscriptionMessage): void {
  if (message.kind === 'event') heard.event(message.event);
  else if (message.kind === 'caught-up') heard.caughtUp();
  else if (message.kind === 'checkpoint' && message.commit <= lastPlace) heard.checkpoint(message.commit);
}

/** What is still on its way is dropped. A call must not be cancelled within its own turn. Source: grpc-node, issues 1464 and 1652. */
function cancel(read: ReadCall): void {
  read.removeAllListeners('data');
  read.resume();
  setImmediate(() => read.cancel());
}
