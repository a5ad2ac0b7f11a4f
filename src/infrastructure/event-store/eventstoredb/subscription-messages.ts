/**
 * The messages of a subscription, read from their bytes. The client makes a dozen objects of an event, parses its metadata, and
 * turns its numbers into text and back, which costs more than all that is done with the event here.
 */
import { ProtoFields } from './proto-fields.js';

/** An event as it came; its bytes are a view of the message. */
export interface SentEvent {
  readonly commit: bigint;
  /** As the server names it, with the prefix of the log. */
  readonly streamId: string;
  readonly revision: number;
  readonly type: string;
  /** Whether the server was told that the data is JSON, which nothing of ours is. */
  readonly isJson: boolean;
  readonly data: Buffer;
  readonly metadata: Buffer;
}

export type SubscriptionMessage =
  | { readonly kind: 'event'; readonly event: SentEvent }
  /** The log has been looked through up to this place. */
  | { readonly kind: 'checkpoint'; readonly commit: bigint }
  | { readonly kind: 'caught-up' }
  /** What nothing here rests on. */
  | { readonly kind: 'other' };

/** Numbers of fields. Source: EventStoreDB, streams.proto, ReadResp. */
const [event, checkpoint, caughtUp] = [1, 3, 8];
const recordedEvent = 1;
const commitOfCheckpoint = 1;

const other: SubscriptionMessage = { kind: 'other' };
const nothingMore: SubscriptionMessage = { kind: 'caught-up' };

/** Reads one message. Throws a RangeError for bytes that are none. */
export function messageFrom(bytes: Buffer): SubscriptionMessage {
  const fields = new ProtoFields(bytes);
  let message = other;
  while (fields.next()) {
    if (fields.field === event) message = eventIn(fields.within());
    else if (fields.field === checkpoint) message = checkpointIn(fields.within());
    else {
      if (fields.field === caughtUp) message = nothingMore;
      fields.skip();
    }
  }
  return message;
}

function checkpointIn(fields: ProtoFields): SubscriptionMessage {
  let commit = 0n;
  while (fields.next()) {
    if (fields.field === commitOfCheckpoint) commit = fields.uint64();
    else fields.skip();
  }
  return { kind: 'checkpoint', commit };
}

function eventIn(fields: ProtoFields): SubscriptionMessage {
  let message = other;
  while (fields.next()) {
    if (fields.field === recordedEvent) message = { kind: 'event', event: recordedIn(fields.within()) };
    else fields.skip();
  }
  return message;
}

const none: Buffer = Buffer.alloc(0);

/** Source: EventStoreDB, streams.proto, ReadResp.ReadEvent.RecordedEvent. */
function recordedIn(fields: ProtoFields): SentEvent {
  const said = { commit: 0n, streamId: '', revision: 0, type: '', isJson: false, data: none, metadata: none };
  while (fields.next()) {
    if (fields.field === 2) said.streamId = streamIn(fields.within());
    else if (fields.field === 3) said.revision = fields.integer();
    else if (fields.field === 5) said.commit = fields.uint64();
    else if (fields.field === 6) memberIn(fields.within(), said);
    else if (fields.field === 7) said.metadata = fields.slice();
    else if (fields.field === 8) said.data = fields.slice();
    else fields.skip();
  }
  return said;
}

/** Source: EventStoreDB, shared.proto, StreamIdentifier. */
function streamIn(fields: ProtoFields): string {
  let name = '';
  while (fields.next()) {
    if (fields.field === 3) name = fields.text();
    else fields.skip();
  }
  return name;
}

/** One entry of the server's own metadata: a map of text to text. */
function memberIn(fields: ProtoFields, said: { type: string; isJson: boolean }): void {
  let [name, value] = ['', ''];
  while (fields.next()) {
    if (fields.field === 1) name = fields.text();
    else if (fields.field === 2) value = fields.text();
    else fields.skip();
  }
  if (name === 'type') said.type = value;
  else if (name === 'content-type') said.isJson = value === 'application/json';
}
