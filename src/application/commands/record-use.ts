/** Puts uses of credentials on record within the limits of an hour, which may span the streams of two months. */
import { monthOf, neverUsed, together, type Uses } from '../../domain/access.js';
import { type AccessCommand, decideAccess, hourBefore, refuseOverLimit } from '../../domain/access-limits.js';
import type { Dependencies } from '../dependencies.js';
import { accesses, accessId, quarantines, streamOf } from '../streams/aggregates.js';
import { type AuthorizedSender, causeOf } from '../streams/causes.js';
import { type OnRecord, onRecord } from '../streams/on-record.js';
import { decisionsId, folded, requireInUse } from '../streams/quarantined.js';

type On = Pick<Dependencies, 'streams' | 'store' | 'settings' | 'clock'>;

/** What is done to credentials; when and by whom is known here. */
type Asked<C = AccessCommand> = C extends AccessCommand ? Omit<C, 'at' | 'person'> : never;

/**
 * The use on record, or the refusal of one over the limit, which is a fact as well. Each use is counted, so an
 * Idempotency-Key makes none of them a repeat.
 */
export async function recordUse(on: On, providerId: string, by: AuthorizedSender, asked: Asked): Promise<OnRecord> {
  const { limits } = on.settings;
  const at = new Date(on.clock.now()).toISOString();
  const command: AccessCommand = { ...asked, at, person: by.caller.actor };
  let refusal = (): void => undefined;
  const earlier = await earlierUses(on, providerId, at);
  const cause = causeOf({ ...by, key: undefined }, providerId, asked);
  const changed = await on.streams.change(accesses, accessId(providerId, at), cause, (ofTheMonth) => {
    const uses = together(earlier, ofTheMonth);
    refusal = () => refuseOverLimit(command, uses, limits);
    return decideAccess(command, uses, limits);
  });
  refusal();
  return onRecord(changed);
}

/** What may count beside the uses of the month itself: those of the month before where the hour began in it, and former ones. */
async function earlierUses(on: On, providerId: string, at: string): Promise<Uses> {
  const since = hourBefore(at);
  const former = await formerUses(on, providerId, since);
  if (monthOf(since) === monthOf(at)) return former;
  const { state } = await on.streams.load(accesses, accessId(providerId, since));
  return together(former, state);
}

/** More facts than the highest limits allow in an hour, with a refusal for each use. */
const mostOfAnHour = 4_000;

/**
 * The uses since a time in the one stream that held all of a provider's before they were kept by month. It may be very
 * long, and nothing is added to it any more: so only its last event is read, and its end only where that still counts.
 */
async function formerUses({ streams, store }: On, providerId: string, since: string): Promise<Uses> {
  const stream = streamOf(accesses, providerId);
  requireInUse((await streams.load(quarantines, decisionsId)).state, stream);
  const [last] = await store.readLast(stream, 1);
  if (!last || last.metadata.recordedAt <= since) return neverUsed;
  const end = await store.readLast(stream, mostOfAnHour);
  return end.reduce((uses, recorded) => folded(accesses, uses, recorded), neverUsed);
}
