/** The part that projections about providers share: each provider's new events of a batch, folded over its stored state. */

import type { RecordedEvent } from '../../application/ports/event-store.js';
import { idIn } from '../../application/streams/aggregates.js';
import type { ProviderEvent } from '../../domain/provider/events.js';
import { evolve } from '../../domain/provider/evolve.js';
import type { Provider } from '../../domain/provider/stages.js';
import { FoldFailure } from './projection.js';

/** An event of a provider stream. */
export type ProviderFact = RecordedEvent & { readonly event: ProviderEvent };

/** The events of provider streams, by provider id, each in order. */
export function byProvider(events: readonly RecordedEvent[]): ReadonlyMap<string, readonly ProviderFact[]> {
  const groups = new Map<string, ProviderFact[]>();
  for (const recorded of events) {
    const id = idIn('provider', recorded.stream);
    if (id === undefined) continue;
    const group = groups.get(id);
    if (group) group.push(recorded as ProviderFact);
    else groups.set(id, [recorded as ProviderFact]);
  }
  return groups;
}

/** The provider after one recorded fact; throws a {@link FoldFailure} that names it. */
export function after(provider: Provider, fact: ProviderFact): Provider {
  try {
    return evolve(provider, fact.event, fact.metadata.recordedAt);
  } catch (error) {
    throw new FoldFailure(fact, error);
  }
}
