/** Which streams are about one provider: its life, its hardening, and who used its credentials, month by month. */
import { monthsFrom } from '../../domain/access.js';
import type { Clock } from '../ports/clock.js';
import type { EventStore } from '../ports/event-store.js';
import { accesses, accessId, aggregateOf, hardenings, idIn, providers, streamOf } from '../streams/aggregates.js';

/** The provider a stream is about, if it is about one. */
export function providerIn(stream: string): string | undefined {
  const of = aggregateOf(stream);
  const id = of && idIn(of.kind, stream);
  return id === undefined ? undefined : of?.providerOf?.(id);
}

const dayMs = 86_400_000;

/**
 * Every stream that may be about a provider, from the month in which it was asked for to the present one. A day more on
 * either side, because the clocks of those who recorded may differ. Throws PoisonError when its first fact cannot be read.
 */
export async function streamsAbout(
  store: Pick<EventStore, 'read'>,
  clock: Pick<Clock, 'now'>,
  providerId: string,
): Promise<readonly string[]> {
  const life = streamOf(providers, providerId);
  const [first] = await store.read(life, 0, 1);
  if (!first) return [life];
  const since = new Date(Date.parse(first.metadata.recordedAt) - dayMs).toISOString();
  const months = monthsFrom(since, new Date(clock.now() + dayMs).toISOString());
  const uses = months.map((month) => streamOf(accesses, accessId(providerId, month)));
  return [life, streamOf(hardenings, providerId), streamOf(accesses, providerId), ...uses];
}
