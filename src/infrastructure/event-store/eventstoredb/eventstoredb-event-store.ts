/** The event store on EventStoreDB: a server or a cluster of them, which any number of processes read and write. */
import type { DeliveryPlaces } from '../../../application/ports/delivery-places.js';
import type { EventStore, Position, RecordedEvent } from '../../../application/ports/event-store.js';
import { OutcomeUnknown, StoreUnavailable } from '../../../application/ports/event-store-errors.js';
import type { SharedHeads } from '../../../application/ports/signed-heads.js';
import type { DomainEvent } from '../../../domain/events.js';
import type { KnownLog } from '../../../domain/log.js';
import { type Codec, domainCodec } from '../format/codec.js';
import { encodeAppend } from '../format/new-append.js';
import { recorded, trusted } from '../format/recorded.js';
import { type Lease, type LeaseTimes, openLease } from '../lease.js';
import { openAppends } from './appends.js';
import { hostsOf, openConnection } from './connection.js';
import { openCursors } from './cursors.js';
import { keepEnd } from './ends-of-log.js';
import { openFollows, openTail, type Shared } from './following.js';
import { keepsRenewals, leaseStream } from './lease.js';
import type { LogTail } from './log-tail.js';
import { OwnAppends } from './own-appends.js';
import { type Patience, PatientCalls, usualPatience } from './patient-calls.js';
import { openPositions, positionOf } from './positions.js';
import { openSharedHeads } from './shared-heads.js';
import { lastOf, start } from './start.js';
import { openRawReads, openStreamReads } from './stream-reads.js';
import { streamNames } from './wire.js';

export interface EventStoreDbOptions {
  /** A connection string, `esdb://…` or `esdb+discover://…`, with the user and password where the server asks for them. */
  readonly address: string;
  /** What the names of the log's streams begin with: small letters and digits; several logs may lie on one server. */
  readonly prefix: string;
  readonly codec?: Codec | undefined;
  readonly patience?: Patience | undefined;
  /** Whether this is who moves a log here. */
  readonly moves?: boolean;
  /** Hears of each event that is not what was recorded. */
  readonly flawed?: (() => void) | undefined;
}

export interface EventStoreDbEventStore extends EventStore {
  readonly logId: string;
  /** How far the log reaches; `events` is the place of its last event, which grows with each. */
  reach(): KnownLog;
  /** The same as the server says it now, whoever appended meanwhile. */
  reachNow(): Promise<KnownLog>;
  /** Which of the processes on this log acts; `changed` hears when this one begins or ceases to. */
  lease(changed: (held: boolean) => void, times: LeaseTimes): Promise<Lease>;
  /** Whether the server keeps all that is appended to the lease, so that its stream grows for ever. */
  keepsRenewals(): Promise<boolean>;
  /** Where the processes on this log find each other's signed heads. */
  readonly heads: SharedHeads;
  /** How far deliveries have come, beside the log. */
  readonly cursors: DeliveryPlaces;
}

/** Opens the log. Throws {@link UnusableEventStore} with one sentence on what is missing. */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDbEventStore> {
  const { address, prefix, patience = usualPatience, codec = domainCodec, flawed = () => undefined } = options;
  const connection = openConnection(address);
  const names = streamNames(prefix);
  try {
    const { callMs, startMs } = patience;
    const starting = new PatientCalls(connection, { callMs, boundMs: startMs });
    const { logId, head, place } = await start({
      ...{ calls: starting, names, where: hostsOf(address) },
      moves: options.moves ?? false,
    });
    const calls = new PatientCalls(connection, patience);
    const raw = openRawReads(calls, names);
    const check = { codec, flawed, logId, hashAt: raw.hashAt };
    const closing = new AbortController();
    const kept = { end: keepEnd(head), own: new OwnAppends(names) };
    const shared = { connection, calls, names, raw, check, ...kept, closing: closing.signal };
    return opened(shared, openTail(shared, place), () => closing.abort());
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function opened(shared: Shared, tail: LogTail, close: () => void): EventStoreDbEventStore {
  const { calls, connection, check, end, raw } = shared;
  const { logId } = check;
  const { place, ...meaning } = openPositions(logId);
  const head = (): Position | undefined => (end.commit() === 0n ? undefined : positionOf(logId, end.commit()));
  const { append, health } = openWriting(shared);
  const reach = () => ({ logId, events: Number(end.commit()) });
  return {
    logId,
    head,
    ...openStreamReads(raw, check),
    ...meaning,
    reach,
    async reachNow() {
      const { head: last } = await lastOf(calls, shared.names);
      end.saw(last ? [last] : []);
      return reach();
    },
    append,
    keepsRenewals: () => keepsRenewals(calls, shared.names.lease),
    heads: openSharedHeads(calls, shared.names.heads),
    lease: (changed, times) => openLeaseOn(shared, changed, times),
    cursors: openCursors({ ...shared, now: Date.now }),
    follow: openFollows(shared, tail, place),
    health: () => ({ ...health(), head: head(), readFailure: calls.readFailure, unheardMs: tail.unheardMs() }),
    async close() {
      close();
      calls.close();
      await tail.close();
      await connection.close();
    },
  };
}

/** A renewal that is not answered in time is sent again at the next one. */
function openLeaseOn({ connection, calls, names }: Shared, changed: (held: boolean) => void, times: LeaseTimes) {
  const patient = new PatientCalls(connection, { callMs: calls.patience.callMs, boundMs: times.renewMs });
  return openLease({ stream: leaseStream(patient, names.lease), times, changed });
}

/** Appends, and what they last came to. */
function openWriting({ calls, raw, names, check: { codec, logId }, end, own, closing }: Shared) {
  const appends = openAppends({ calls, raw, names });
  let trouble: { readonly problem: string; readonly failedAt: number } | undefined;
  const append: EventStore['append'] = async (...asked) => {
    if (closing.aborted) throw new StoreUnavailable('The event log is closed.');
    const placed = await appends.append(encodeAppend(codec, ...asked)).catch((error: unknown) => {
      if (error instanceof StoreUnavailable || error instanceof OutcomeUnknown)
        trouble = { problem: error.message, failedAt: Date.now() };
      throw error;
    });
    trouble = undefined;
    end.saw(placed);
    const events = placed.map(({ commit, stored }) => ({ position: positionOf(logId, commit), stored }));
    const all = recorded(codec, events, trusted) as readonly RecordedEvent<DomainEvent>[];
    end.learned(all);
    own.remember(placed, all);
    return all;
  };
  const health = () => ({
    waiting: appends.waiting(),
    problem: trouble?.problem,
    failedAt: trouble?.failedAt,
    findings: [],
    recordedUpTo: end.recordedUpTo(),
  });
  return { append, health };
}
