/** Tells those who wait for a payer why, and the operator where there is no room left: each once, when it begins. */
import type { ProviderEvent } from '../../domain/provider/events.js';
import { type Waiting, wish } from '../../domain/queue/queue.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { Unmet } from './conditions.js';
import { type Capacity, reasons, waitWords } from './payer-capacity.js';

/** Tells everybody who waits why: for want of capacity, or because a condition is not met. */
export type TellWaiting = ReturnType<typeof openWaitNotices>;

/** Records a fact about a provider. */
export type Note = (providerId: string, event: ProviderEvent) => Promise<void>;

/** Why somebody waits. */
interface Cause {
  readonly reason: string;
  readonly words: string;
}

const tellAtOnce = 100;

/** Remembers what was told last, so that nothing is told twice; it is told of everybody who waits, each time. */
export function openWaitNotices(on: { readonly clock: Clock; readonly log: Log }, note: Note) {
  const told = new Map<string, string>();
  const full = new Set<string>();

  async function tell(providerId: string, { reason, words }: Cause): Promise<void> {
    const since = new Date(on.clock.now()).toISOString();
    await note(providerId, { type: 'StepDelayed', step: 'AssignPayer', reason, words, since });
    told.set(providerId, reason);
  }

  function warn(waiting: readonly Waiting[]): void {
    const wishes = new Map(waiting.map((each) => [wish(each), each]));
    for (const [wished, { territory, returnsTo }] of wishes)
      if (!full.has(wished)) on.log.warn(returnsTo === null ? { territory } : { payerId: returnsTo }, noRoom);
    keepOnly(full, wishes);
    for (const wished of wishes.keys()) full.add(wished);
  }

  return async (waiting: readonly Waiting[], capacity: Capacity, unmet: ReadonlyMap<string, Unmet>): Promise<void> => {
    const why = reasons(capacity);
    const causeOf = (each: Waiting): Cause =>
      unmet.get(each.providerId) ?? { reason: why(each), words: waitWords[why(each)] };
    warn(waiting.filter((each) => causeOf(each).reason === 'payer-full'));
    keepOnly(told, new Set(waiting.map(({ providerId }) => providerId)));
    const news = waiting.filter((each) => told.get(each.providerId) !== causeOf(each).reason);
    // Many at once, so that they share transactions and a long queue does not keep a slot empty for long.
    for (let n = 0; n < news.length; n += tellAtOnce)
      await Promise.all(news.slice(n, n + tellAtOnce).map((each) => tell(each.providerId, causeOf(each))));
  };
}

const noRoom =
  'No payer that may take these accounts has room for another. Those who wait go on once accountsAllowed is raised, a payer is added, or one that AWS called full is resumed.';

/** Forgets all that is not named any more. */
function keepOnly(known: Map<string, unknown> | Set<string>, named: { has(name: string): boolean }): void {
  for (const name of known.keys()) if (!named.has(name)) known.delete(name);
}
