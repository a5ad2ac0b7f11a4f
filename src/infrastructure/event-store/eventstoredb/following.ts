/** How an open store is followed: readers catch up by stretches of the log, and then share one tail. */
import pLimit from 'p-limit';
import type { EventStore, Position } from '../../../application/ports/event-store.js';
import { stretchAfter } from './catch-up.js';
import { type CheckParts, openLogCheck } from './checked-log.js';
import type { Connection } from './connection.js';
import { type EndOfLog, endOf, requireReached } from './ends-of-log.js';
import { follow } from './follow.js';
import { LogTail } from './log-tail.js';
import type { OwnAppends } from './own-appends.js';
import type { PatientCalls } from './patient-calls.js';
import { logEnd } from './server-reads.js';
import type { RawReads } from './stream-reads.js';
import { foundInSent, type StreamNames } from './wire.js';

/** Readers that catch up at once; each holds one of the hundred calls that a connection takes. */
const catchingUpAtOnce = 8;

/** What the parts of an open store share. */
export interface Shared {
  readonly connection: Connection;
  readonly calls: PatientCalls;
  readonly names: StreamNames;
  readonly raw: RawReads;
  readonly check: CheckParts;
  readonly end: EndOfLog;
  readonly own: OwnAppends;
  /** Aborts when the store is closed. */
  readonly closing: AbortSignal;
}

/** Begins after a place and lasts until it is closed. */
export function openTail({ connection, calls, names, check, end, own }: Shared, after: bigint): LogTail {
  const checked = openLogCheck(check);
  return new LogTail({
    connection,
    names,
    after,
    read: (sent) => own.take(sent) ?? foundInSent(names, sent),
    logEnd: () => endOf(calls),
    lastOfOurs: () => lastOfOurs(calls, names),
    silenceMs: calls.patience.callMs,
    async check(found) {
      end.saw(found);
      const entries = await checked(found);
      end.learned(entries);
      return entries;
    },
  });
}

/** Leases are renewed every few seconds, so that some of the last events are nobody's facts. */
const lookedThrough = 64;

/** 0 where none of the last events is ours. */
async function lastOfOurs(calls: PatientCalls, { ofLog }: StreamNames): Promise<bigint> {
  const page = await calls.ask((client, now) => logEnd(client, undefined, lookedThrough, now));
  return page.find(({ streamId }) => streamId.startsWith(ofLog))?.position?.commit ?? 0n;
}

/** `place` tells where a position lies. */
export function openFollows(
  { calls, names, check, closing }: Shared,
  tail: LogTail,
  place: (position: Position) => bigint,
): EventStore['follow'] {
  const catchingUp = pLimit(catchingUpAtOnce);
  const silenceMs = calls.patience.callMs;
  const stretch = (after: bigint, signal: AbortSignal) =>
    catchingUp(() => calls.askAtLength((client) => stretchAfter(client, { names, after, signal, silenceMs })));
  const parts = { tail, stretch, openCheck: () => openLogCheck(check) };
  return async function* followed(after, asked, pace) {
    const from = after === undefined ? 0n : place(after);
    if (after !== undefined) await requireReached(calls, from, after);
    yield* follow(parts, from, AbortSignal.any([asked, closing]), pace);
  };
}
