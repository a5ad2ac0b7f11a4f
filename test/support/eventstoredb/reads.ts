/** The reads of the small server: a stream, the whole log, and subscriptions to it. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { type ServerWritableStream, status } from '@grpc/grpc-js';
import type { Faults } from './faults.js';
import type { Kept, ServerLog } from './log.js';
import {
  caughtUpMessage,
  checkpointMessage,
  confirmationMessage,
  eventMessage,
  notFoundMessage,
  streamName,
} from './messages.js';

type Options = InstanceType<typeof streams.ReadReq.Options>;
type ReadCall = ServerWritableStream<InstanceType<typeof streams.ReadReq>, InstanceType<typeof streams.ReadResp>>;

/** How the server fails a call. */
export class CallFailure extends Error {
  constructor(
    readonly code: status,
    readonly details: string,
  ) {
    super(details);
  }
}

const backwards = 1;
/** A checkpoint is told after so many events of the whole log, times the interval that was asked for. */
const eventsPerCheckpoint = 32;

/** Leaves no listener behind, however often it is called. */
async function oneOf(call: ReadCall, ...events: readonly string[]): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  await Promise.race(events.map((event) => once(call, event, { signal }).catch(() => undefined)));
  over.abort();
}

/** Waits where the reader is slower; answers whether it is still there. */
async function send(call: ReadCall, message: InstanceType<typeof streams.ReadResp>): Promise<boolean> {
  if (call.cancelled || call.destroyed) return false;
  if (!call.write(message)) await oneOf(call, 'drain', 'cancelled', 'close');
  return !call.cancelled;
}

/** Reads a stream, or the log, up to so many events. */
export async function readOnce(call: ReadCall, log: ServerLog, options: Options): Promise<void> {
  const stream = options.getStream();
  const name = stream && streamName(stream.getStreamIdentifier());
  const there = name === undefined ? log.all : log.of(name);
  if (name !== undefined && there.length === 0) await send(call, notFoundMessage(name));
  const back = options.getReadDirection() === backwards;
  const from = stream ? revisionAsked(stream, there, back) : positionAsked(options, log, back);
  const chosen = back ? there.slice(0, from + 1).reverse() : there.slice(from);
  const most = Number(options.getCount());
  for (const kept of chosen.slice(0, Math.min(most, chosen.length)))
    if (!(await send(call, eventMessage(kept)))) return;
  call.end();
}

function revisionAsked(
  stream: NonNullable<ReturnType<Options['getStream']>>,
  there: readonly Kept[],
  back: boolean,
): number {
  if (stream.hasStart()) return 0;
  if (stream.hasEnd()) return back ? there.length - 1 : there.length;
  return Number(stream.getRevision());
}

/** Reading the log begins with the event at the position, where a subscription begins after it. */
function positionAsked(options: Options, log: ServerLog, back: boolean): number {
  const all = options.getAll();
  if (all?.hasEnd()) return back ? log.all.length - 1 : log.all.length;
  const position = all?.getPosition();
  if (!position) return 0;
  // Backwards it begins before the position.
  return validIndex(log, BigInt(position.getCommitPosition())) - (back ? 1 : 0);
}

/** A place beyond the end is taken without a word; one between two events is refused. */
function validIndex(log: ServerLog, position: bigint): number {
  const index = log.indexAt(position);
  if (index < log.all.length && log.all[index]?.position !== position)
    throw new CallFailure(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');
  return index;
}

/** Everything after a position that the filter lets through, then what is appended, until the reader leaves. */
export async function subscribe(call: ReadCall, log: ServerLog, faults: Faults, options: Options): Promise<void> {
  const position = options.getAll()?.getPosition();
  let next = options.getAll()?.hasEnd() ? log.all.length : 0;
  const after = position && BigInt(position.getCommitPosition());
  if (after !== undefined) next = validIndex(log, after) + 1;
  const beyond = after !== undefined && next > log.all.length;
  const prefixes = options.getFilter()?.getStreamIdentifier()?.getPrefixList() ?? [];
  const every = eventsPerCheckpoint * (options.getFilter()?.getCheckpointintervalmultiplier() || 1);
  await send(call, confirmationMessage(randomUUID()));
  let wake = (): void => undefined;
  const unhear = log.heard(() => wake());
  call.on('cancelled', () => wake());
  let [scanned, live] = [0, false];
  while (!call.cancelled) {
    const kept = log.all[next];
    if (!kept || (beyond && kept.position <= after)) {
      if (!live) await tellCaughtUp(call, faults.checkpointAtEnd ? wordForTheEnd : caughtUpAt(log, next, scanned));
      live = true;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (next < log.all.length || call.cancelled) resolve();
      });
      continue;
    }
    next += 1;
    scanned += 1;
    if (prefixes.length === 0 || prefixes.some((prefix) => kept.stream.startsWith(prefix)))
      await send(call, eventMessage(kept));
    if (scanned % every === 0) await send(call, checkpointMessage(kept.position));
  }
  unhear();
}

/** Where nothing was looked through, or little of a young log, the place that is told is the beginning. */
function caughtUpAt(log: ServerLog, next: number, scanned: number): bigint {
  return scanned < 2 * eventsPerCheckpoint ? 0n : (log.all[next - 1]?.position ?? 0n);
}

/** What a server says for its end; it was seen as a checkpoint of one that had just been started. */
const wordForTheEnd = 2n ** 64n - 1n;

async function tellCaughtUp(call: ReadCall, place: bigint): Promise<void> {
  await send(call, checkpointMessage(place));
  await send(call, caughtUpMessage());
}
