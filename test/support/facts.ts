/** What recorded facts say: those of one type, and how full a payer was. */
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import type { EventOf, EventType } from '../../src/domain/events.js';
import type { ProviderEvent } from '../../src/domain/provider/events.js';
import { evolve } from '../../src/domain/provider/evolve.js';
import { type Provider, unknownProvider } from '../../src/domain/provider/stages.js';

/** The facts of one type, each with the id of its provider. */
export const factsOfType = <T extends EventType>(facts: readonly RecordedEvent[], type: T) =>
  facts.flatMap(({ event, stream, metadata }) =>
    event.type === type
      ? [{ id: stream.replace('provider-', ''), at: Date.parse(metadata.recordedAt), event: event as EventOf<T> }]
      : [],
  );

/** The most creations that held a slot of a payer at the same time. */
export function mostAtOnce(facts: readonly RecordedEvent[], payerId: string): number {
  const states = new Map<string, Provider>();
  let most = 0;
  for (const { event, stream, metadata } of facts) {
    if (!stream.startsWith('provider-')) continue;
    states.set(stream, evolve(states.get(stream) ?? unknownProvider, event as ProviderEvent, metadata.recordedAt));
    const now = [...states.values()].filter(
      (each) => (each.stage === 'assigned' || each.stage === 'creating') && each.payerId === payerId,
    );
    most = Math.max(most, now.length);
  }
  return most;
}
