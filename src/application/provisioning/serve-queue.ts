/** One look at the queue: who is given a slot at which payer now, and what the others are told. */
import type { ProviderEvent } from '../../domain/provider/events.js';
import { record } from '../../domain/provider/saga.js';
import { type Allotment, allot, type Queue, type Waiting } from '../../domain/queue/queue.js';
import type { Settings } from '../dependencies.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { ReadModels } from '../ports/read-models.js';
import type { Terms } from '../ports/terms.js';
import { queueModels, servedOf } from '../quarantine/standstill.js';
import { payers, providers } from '../streams/aggregates.js';
import { sagaCause } from '../streams/causes.js';
import { unusable } from '../streams/quarantined.js';
import type { Streams } from '../streams/streams.js';
import { type Unmet, unmetBy } from './conditions.js';
import { brakesOf, type Capacity, capacityOf } from './payer-capacity.js';
import type { TellWaiting } from './wait-notices.js';

export interface ServeParts {
  readonly streams: Streams;
  readonly readModels: ReadModels;
  readonly settings: Settings;
  readonly terms: Terms;
  readonly clock: Clock;
  readonly log: Log;
  readonly mayAct: () => boolean;
}

/** The queue as it stands at one moment, with what the payers can take then. */
interface Standing {
  readonly queue: Queue;
  readonly capacity: Capacity;
}

export class Served {
  /** Whose conditions were not met when their turn came: they are looked at each time, so that they go on soon. */
  #unmet = new Map<string, Unmet>();

  constructor(
    private readonly on: ServeParts,
    private readonly tell: TellWaiting,
  ) {}

  /** Gives every free slot away; false when it cannot be done now. */
  async serve(): Promise<boolean> {
    const { on } = this;
    const checked = new Map<string, Unmet | undefined>();
    await this.#check(among(on.readModels.queue(), this.#unmet), checked);
    for (;;) {
      const brakes = await brakesOf(on);
      const now = on.mayAct() ? standing(on, brakes) : undefined;
      if (!now) return false;
      const allotments = allot(without(checked, now.queue), now.capacity.open);
      const unchecked = allotments.filter(({ providerId }) => !checked.has(providerId));
      if (unchecked.length > 0) {
        await this.#check(among(now.queue, new Set(unchecked.map(({ providerId }) => providerId))), checked);
        continue;
      }
      for (const allotment of allotments) await assign(on, allotment);
      this.#unmet = new Map([...checked].flatMap(([id, unmet]) => (unmet ? [[id, unmet] as const] : [])));
      const served = new Set(allotments.map(({ providerId }) => providerId));
      const left = now.queue.waiting.filter(({ providerId }) => !served.has(providerId));
      await this.tell(left, now.capacity, this.#unmet);
      return true;
    }
  }

  async #check(waiting: readonly Waiting[], checked: Map<string, Unmet | undefined>): Promise<void> {
    for (const each of waiting) checked.set(each.providerId, await unmetBy(this.on, each));
  }
}

const among = ({ waiting }: Queue, ids: { has(id: string): boolean }): readonly Waiting[] =>
  waiting.filter(({ providerId }) => ids.has(providerId));

/**
 * The queue and the loads are read at one moment, after all that is awaited: a decision about streams may empty the read
 * models at any other. Half-filled rows show slots as free that are taken, so nobody is served from them.
 */
function standing(on: ServeParts, brakes: Parameters<typeof capacityOf>[1]): Standing | undefined {
  if (servedOf(on.readModels, queueModels).some(({ filling }) => filling)) return undefined;
  return { queue: on.readModels.queue(), capacity: capacityOf(on, brakes) };
}

/** The queue without those whose conditions are not met. */
function without(checked: ReadonlyMap<string, Unmet | undefined>, queue: Queue): Queue {
  if (![...checked.values()].some((unmet) => unmet !== undefined)) return queue;
  const waiting = queue.waiting.filter(({ providerId }) => checked.get(providerId) === undefined);
  return { waiting, share: (organization) => queue.share(organization) };
}

async function assign(on: ServeParts, { providerId, payerId }: Allotment): Promise<void> {
  const { since } = (await on.streams.load(payers, payerId)).state;
  const assigned = { type: 'PayerAssigned', payerId, ...(since !== undefined && { vendingSince: since }) } as const;
  await noteOnQueued(on, providerId, assigned);
}

/** Records a fact of who waits. One provider that is quarantined or cannot be read must not keep the others from being served. */
export async function noteOnQueued(
  { streams, log }: Pick<ServeParts, 'streams' | 'log'>,
  providerId: string,
  event: ProviderEvent,
): Promise<void> {
  try {
    await streams.change(providers, providerId, sagaCause(providerId, 'AssignPayer', event.type), (state) =>
      record('AssignPayer', event, state),
    );
  } catch (error) {
    if (!unusable(error)) throw error;
    log.error({ providerId, words: String(error) }, 'A provider that waits cannot be served; the others are.');
  }
}
