/** What is told of the log beside whether it can be written: whether it is as it was left, and how its times stand to the clock. */
import type { Clock } from '../../application/ports/clock.js';
import type { EventStore } from '../../application/ports/event-store.js';
import type { HealthSource } from '../../application/ports/health.js';
import type { Log } from '../../application/ports/log.js';

/** A clock that is set right by a time server moves by less. */
const mostAheadMs = 60_000;

type Watched = Pick<EventStore, 'health'>;

/** The parts for readiness; what is not as it should be is also told to the operator in the log, once. */
export function logHealth(store: Watched, clock: Clock, log: Log): readonly HealthSource[] {
  const { findings } = store.health();
  for (const finding of findings) log.error({ finding }, 'The event log is not as this program left it.');
  const ahead = aheadOf(store, clock, log);
  ahead();
  return [
    { name: 'event-log-integrity', degraded: () => (findings.length === 0 ? undefined : findings.join(' ')) },
    { name: 'clock', degraded: ahead },
  ];
}

/** Facts from the future were recorded by a clock that was wrong, or this one is; what follows them in their streams bears their time. */
function aheadOf(store: Watched, clock: Clock, log: Log): () => string | undefined {
  let told = false;
  return () => {
    const { recordedUpTo } = store.health();
    const aheadMs = (recordedUpTo ?? 0) - clock.now();
    const words =
      aheadMs > mostAheadMs
        ? `The last facts of the log were recorded ${Math.round(aheadMs / 1_000)} s ahead of this machine's clock.`
        : undefined;
    if (words !== undefined && !told) log.warn({ aheadMs }, words);
    told = words !== undefined;
    return words;
  };
}
