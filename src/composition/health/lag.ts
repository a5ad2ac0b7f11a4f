/** How far this instance is behind the log. Where others serve as well, one that is too far behind leaves the answers to them. */
import type { EventStore, Position } from '../../application/ports/event-store.js';
import type { HealthSource } from '../../application/ports/health.js';
import type { ProjectionHealth } from '../../application/ports/read-model-health.js';
import type { ReadModels } from '../../application/ports/read-models.js';

export interface Lagging {
  readonly store: Pick<EventStore, 'head' | 'compare' | 'health'>;
  readonly readModels: Pick<ReadModels, 'health'>;
  readonly mostLagSeconds: number;
  /** Whether there may be other instances that are not behind. */
  readonly shared: boolean;
  /** Milliseconds of a clock that is never set. */
  readonly now?: () => number;
}

const lookMs = 1_000;
/** More than an hour of looks is not told apart. */
const mostKept = 3_600;

export interface Lag {
  /** In whole seconds; 0 when everything that is known of the log is in the read models. */
  seconds(): number;
  readonly health: HealthSource;
  look(): void;
  stop(): void;
}

/**
 * Looks each second where the log ends, and remembers the ends that the read models have not reached. The times of events play
 * no part, since clocks of several writers differ.
 */
export function watchLag({
  store,
  readModels,
  mostLagSeconds,
  shared,
  now = performance.now.bind(performance),
}: Lagging): Lag {
  const unreached: { readonly head: Position; readonly at: number }[] = [];
  const holds = ({ position }: ProjectionHealth, head: Position): boolean =>
    position !== undefined && store.compare(position, head) >= 0;
  const isReached = (head: Position): boolean => counted(readModels).every((each) => holds(each, head));

  function look(): void {
    const head = store.head();
    if (head !== undefined && head !== unreached.at(-1)?.head && unreached.length < mostKept)
      unreached.push({ head, at: now() });
    while (unreached[0] && isReached(unreached[0].head)) unreached.shift();
  }
  function seconds(): number {
    look();
    const [oldest] = unreached;
    const behindMs = Math.max(oldest ? now() - oldest.at : 0, store.health().unheardMs ?? 0);
    return Math.floor(behindMs / 1_000);
  }
  function tooFar(): string | undefined {
    const behind = seconds();
    return behind > mostLagSeconds
      ? `This instance is ${behind} s behind the log; at most ${mostLagSeconds} are allowed (readModels.mostLagSeconds).`
      : undefined;
  }
  const timer = setInterval(look, lookMs).unref();
  return {
    seconds,
    look,
    health: {
      name: 'lag',
      degraded: () => (shared ? undefined : tooFar()),
      failing: () => (shared ? tooFar() : undefined),
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * What readiness does not count for itself: a read model that stands still at an event does so in every instance, and one that is
 * filled or fails is told by its own part.
 */
const counted = ({ health }: Pick<ReadModels, 'health'>): readonly ProjectionHealth[] =>
  health().filter(({ served, filling, stopped }) => served && !filling && stopped === undefined);
