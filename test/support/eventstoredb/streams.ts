/** The streams service of the small server: what comes in is stored, read and followed, unless a fault stands in the way. */
import streams from '@eventstore/db-client/generated/streams_pb.js';
import {
  Metadata,
  type ServerDuplexStream,
  type ServerWritableStream,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { Faults } from './faults.js';
import type { Expected, Proposed, ServerLog } from './log.js';
import { appended, denied, expectedIn, proposedIn, streamName } from './messages.js';
import { CallFailure, readOnce, subscribe } from './reads.js';

type BatchAppendReq = InstanceType<typeof streams.BatchAppendReq>;
type BatchCall = ServerDuplexStream<BatchAppendReq, InstanceType<typeof streams.BatchAppendResp>>;
type ReadCall = ServerWritableStream<InstanceType<typeof streams.ReadReq>, InstanceType<typeof streams.ReadResp>>;

export const streamsOf = (log: ServerLog, faults: Faults): UntypedServiceImplementation => ({
  read: (call: ReadCall) => void read(call, log, faults),
  batchAppend: (call: BatchCall) => batchAppend(call, log, faults),
  append: unsupported,
  delete: unsupported,
  tombstone: unsupported,
});

/** Nothing here is ever deleted, and appends come in batches. */
function unsupported(call: { emit(name: 'error', error: object): void }): void {
  call.emit('error', { code: status.UNIMPLEMENTED, details: 'the small server does not do this' });
}

/** Says where the leader is, as the server does, to who wants no other. */
function notLeader({ leaderAt }: Faults): object {
  const metadata = new Metadata();
  metadata.set('exception', 'not-leader');
  metadata.set('leader-endpoint-host', leaderAt?.address ?? '');
  metadata.set('leader-endpoint-port', `${leaderAt?.port}`);
  return { code: status.NOT_FOUND, details: 'Leader info available', metadata };
}

const wantsLeader = (call: { readonly metadata: Metadata }): boolean =>
  call.metadata.get('requires-leader')[0] === 'true';

async function read(call: ReadCall, log: ServerLog, faults: Faults): Promise<void> {
  if (faults.frozen) return;
  if (faults.leaderAt && wantsLeader(call)) return void call.emit('error', notLeader(faults));
  const options = call.request.getOptions();
  if (!options) throw new Error('a read has options');
  if (faults.userUnknown) return void call.emit('error', { code: status.UNAUTHENTICATED, details: 'Unauthenticated' });
  if (faults.readAllDenied && options.hasAll())
    return void call.emit('error', {
      code: status.PERMISSION_DENIED,
      details: 'Access Denied',
      metadata: deniedMetadata(),
    });
  try {
    if (options.hasSubscription()) await subscribe(call, log, faults, options);
    else await readOnce(call, log, options);
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    call.emit('error', { code: error.code, details: error.details });
  }
}

function deniedMetadata(): Metadata {
  const metadata = new Metadata();
  metadata.set('exception', 'access-denied');
  return metadata;
}

interface Pending {
  stream: string;
  expected: Expected;
  readonly events: Proposed[];
}

/** Appends come in parts, several beside each other; the last part of one is answered. */
function batchAppend(call: BatchCall, log: ServerLog, faults: Faults): void {
  if (faults.leaderAt && wantsLeader(call)) return void call.emit('error', notLeader(faults));
  const pending = new Map<string, Pending>();
  call.on('data', (request: BatchAppendReq) => {
    const id = request.getCorrelationId()?.getString() ?? '';
    const options = request.getOptions();
    const known = pending.get(id) ?? {
      stream: streamName(options?.getStreamIdentifier()),
      expected: expectedIn(options),
      events: [],
    };
    known.events.push(...proposedIn(request));
    pending.set(id, known);
    if (!request.getIsFinal() || faults.frozen || faults.deafToAppends) return;
    pending.delete(id);
    answer(call, log, faults, request, known);
  });
  call.on('end', () => call.end());
  call.on('error', () => undefined);
}

function answer(call: BatchCall, log: ServerLog, faults: Faults, request: BatchAppendReq, append: Pending): void {
  const { stream, expected, events } = append;
  if (faults.appendsDenied) return void call.write(denied(request, stream));
  const { times, stored } = faults.cutOff;
  if (times > 0) {
    faults.cutOff = { times: times - 1, stored };
    if (stored) log.append(stream, expected, events);
    return void call.emit('error', { code: status.UNAVAILABLE, details: 'Connection dropped' });
  }
  call.write(appended(request, stream, expected, log.append(stream, expected, events)));
}
