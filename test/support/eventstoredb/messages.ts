/** Between the messages on the wire, as the client ships them, and the server's own terms. */
import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { type Answer, type Expected, type Kept, mostAppendBytes, type Proposed } from './log.js';

type BatchAppendReq = InstanceType<typeof streams.BatchAppendReq>;
type BatchAppendResp = InstanceType<typeof streams.BatchAppendResp>;
type ReadResp = InstanceType<typeof streams.ReadResp>;
type Identifier = InstanceType<typeof shared.StreamIdentifier>;

export const streamName = (identifier: Identifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

const identifierOf = (stream: string): Identifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(stream).toString('base64'));

export function proposedIn(request: BatchAppendReq): readonly Proposed[] {
  return request.getProposedMessagesList().map((message) => ({
    id: message.getId()?.getString() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  }));
}

export function expectedIn(options: ReturnType<BatchAppendReq['getOptions']>): Expected {
  if (options?.hasNoStream()) return 'no-stream';
  if (options?.hasAny()) return 'any';
  return options?.hasStreamExists() ? 'stream-exists' : Number(options?.getStreamPosition());
}

/** The answer to an append; a refusal is a `google.rpc.Status` with its details packed. */
export function appended(request: BatchAppendReq, stream: string, expected: Expected, answer: Answer): BatchAppendResp {
  const response = new streams.BatchAppendResp().setStreamIdentifier(identifierOf(stream));
  response.setCorrelationId(request.getCorrelationId());
  if (answer.kind === 'conflict') return response.setError(refusal(conflict(expected, answer.actual)));
  if (answer.kind === 'too-large') return response.setError(refusal(tooLarge()));
  const position = new shared.AllStreamPosition();
  position.setCommitPosition(`${answer.position}`).setPreparePosition(`${answer.position}`);
  const success = new streams.BatchAppendResp.Success().setCurrentRevision(`${answer.revision}`).setPosition(position);
  return response.setSuccess(success);
}

export function denied(request: BatchAppendReq, stream: string): BatchAppendResp {
  const response = new streams.BatchAppendResp().setStreamIdentifier(identifierOf(stream));
  response.setCorrelationId(request.getCorrelationId());
  return response.setError(refusal({ name: 'AccessDenied', bytes: new shared.AccessDenied().serializeBinary() }));
}

interface Details {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function conflict(expected: Expected, actual: number): Details {
  const details = new shared.WrongExpectedVersion();
  if (expected === 'no-stream') details.setExpectedNoStream(new empty.Empty());
  else details.setExpectedStreamPosition(`${expected}`);
  if (actual < 0) details.setCurrentNoStream(new empty.Empty());
  else details.setCurrentStreamRevision(`${actual}`);
  return { name: 'WrongExpectedVersion', bytes: details.serializeBinary() };
}

const tooLarge = (): Details => ({
  name: 'MaximumAppendSizeExceeded',
  bytes: new shared.MaximumAppendSizeExceeded().setMaxappendsize(mostAppendBytes).serializeBinary(),
});

function refusal({ name, bytes }: Details) {
  const packed = new any.Any();
  packed.pack(bytes, `event_store.client.${name}`);
  return new status.Status().setCode(2).setMessage(name).setDetails(packed);
}

const ticksPerMillisecond = 10_000n;

export function eventMessage(kept: Kept): ReadResp {
  const event = new streams.ReadResp.ReadEvent.RecordedEvent();
  event.setId(new shared.UUID().setString(kept.id)).setStreamIdentifier(identifierOf(kept.stream));
  event.setStreamRevision(`${kept.revision}`).setData(kept.data).setCustomMetadata(kept.metadata);
  event.setCommitPosition(`${kept.position}`).setPreparePosition(`${kept.position}`);
  const metadata = event.getMetadataMap();
  metadata.set('type', kept.type);
  metadata.set('content-type', kept.contentType);
  metadata.set('created', `${BigInt(kept.created) * ticksPerMillisecond}`);
  const read = new streams.ReadResp.ReadEvent().setEvent(event).setCommitPosition(`${kept.position}`);
  return new streams.ReadResp().setEvent(read);
}

export const notFoundMessage = (stream: string): ReadResp =>
  new streams.ReadResp().setStreamNotFound(
    new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream)),
  );

export const confirmationMessage = (id: string): ReadResp =>
  new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(id));

export const caughtUpMessage = (): ReadResp => new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());

export function checkpointMessage(position: bigint): ReadResp {
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(`${position}`).setPreparePosition(`${position}`);
  return new streams.ReadResp().setCheckpoint(checkpoint);
}
