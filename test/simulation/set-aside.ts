/** Streams become unreadable for a while; the operator sets them aside, and puts them back into use when they can be read again. */

import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import { DecideQuarantine } from '../../src/application/quarantine/quarantine-commands.js';
import { Refusal } from '../../src/domain/refusal.js';
import { ask, callerOf, type Reach } from './reach.js';
import type { Troubles } from './troubles.js';
import type { Unreadable } from './unreadable.js';

const minuteMs = 60_000;
const setAsideAfterMs = 4 * minuteMs;
const longestMs = 10 * minuteMs;

interface Quarantining {
  readonly troubles: Troubles;
  readonly unreadable: Unreadable;
}

/** Lives as long as the run; whatever is set aside is in use again soon after the troubles end. */
export async function quarantining(on: Reach, { troubles, unreadable }: Quarantining): Promise<never> {
  const { chance, time, observer } = on;
  for (;;) {
    await time.sleep(chance.between(1, 4) * minuteMs);
    const place = placeOf(chance.of([...streamsOf(observer.events)]), observer.events);
    if (!place || !troubles.strike('unreadable', `${place.stream} from revision ${place.revision} on`)) continue;
    unreadable.begin(place.stream, place.revision);
    await time.sleep(chance.between(0, setAsideAfterMs));
    await decide(on, 'SetAside', place.stream);
    await time.sleep(troubles.over ? 0 : chance.between(0, longestMs));
    unreadable.end(place.stream);
    on.tell(`${place.stream} can be read again`);
    await decide(on, 'Lift', place.stream);
    unreadable.settledSince = time.now;
  }
}

/** Asks until it is done: a worker that has not heard of the last decision may refuse the next. */
async function decide(on: Reach, decision: 'SetAside' | 'Lift', stream: string): Promise<void> {
  for (;;) {
    const by = { caller: callerOf('operator', 'operator'), key: `${decision}-${stream}-${on.time.now}` };
    const command = new DecideQuarantine(decision, stream, 'It cannot be read at the moment.', by);
    if (!((await ask(on, (commands) => commands.quarantine.execute(command))) instanceof Refusal)) return;
    await on.time.sleep(minuteMs);
  }
}

/** Whose facts a person may set aside: anything but the decisions themselves. */
const streamsOf = (events: readonly RecordedEvent[]): ReadonlySet<string> =>
  new Set([
    'provider-none',
    ...events.map(({ stream }) => stream).filter((stream) => !stream.startsWith('quarantine-')),
  ]);

/**
 * The place from which a stream cannot be read. A slot at a payer is held by the fact that gave it, so a provider's
 * stream stays readable up to there: nobody can count a slot that nobody can know of.
 */
function placeOf(stream: string, events: readonly RecordedEvent[]) {
  const history = events.filter((event) => event.stream === stream);
  const assigned = history.findLastIndex(({ event }) => event.type === 'PayerAssigned');
  const places = history.slice(assigned + 1);
  const first = places.at(Math.floor(places.length / 2));
  return first && { stream, revision: first.revision };
}
