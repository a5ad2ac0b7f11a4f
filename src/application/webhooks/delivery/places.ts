/** How far each webhook has come, as it is kept: at most once a minute, and at the end. */
import type { DeliveryPlace, DeliveryPlaces } from '../../ports/delivery-places.js';
import type { EventStore, Position } from '../../ports/event-store.js';
import type { WebhookRow } from '../../ports/webhook-rows.js';
import type { Outbox } from './outbox.js';

/** One that has delivered nothing is kept so seldom, for a restart then only reads past what concerned others. */
const idleMs = 3_600_000;

/** A recipient, and after which position its deliveries last began; `undefined`: the start of the log. */
interface Begun extends Pick<WebhookRow, 'id' | 'webhook'> {
  readonly begunAt: Position | undefined;
}

interface Kept {
  readonly place: DeliveryPlace | undefined;
  readonly at: number;
}

export class KeptPlaces {
  readonly #kept = new Map<string, Kept>();
  /** Places of webhooks that rest, or are removed, and are not kept yet. */
  readonly #changed = new Map<string, DeliveryPlace | undefined>();

  private constructor(
    private readonly places: DeliveryPlaces,
    loaded: ReadonlyMap<string, DeliveryPlace>,
    now: number,
  ) {
    for (const [id, place] of loaded) this.#kept.set(id, { place, at: now });
  }

  static async load(places: DeliveryPlaces, now: number): Promise<KeptPlaces> {
    return new KeptPlaces(places, await places.load(), now);
  }

  /** Where a webhook goes on: where it stood, or where its last beginning says. */
  placeOf({ id, webhook, begunAt }: Begun, { owns }: Pick<EventStore, 'owns'>) {
    const place = this.#changed.has(id) ? this.#changed.get(id) : this.#kept.get(id)?.place;
    if (place?.starts === webhook.starts && owns(place.position)) {
      const { position, failingSince } = place;
      // What failed before it was enabled again does not count any more.
      return failingSince !== undefined && failingSince > webhook.since ? { position, failingSince } : { position };
    }
    const { startsAfter } = webhook;
    if (startsAfter.from === 'log') return { position: undefined };
    const named: Position | undefined = startsAfter.from === 'position' ? startsAfter.position : undefined;
    // A position of the log before this one: what is repeated begins where that was asked for.
    return { position: named !== undefined && owns(named) ? named : begunAt };
  }

  /** The webhook rests there; or it is gone, and its place is forgotten. */
  set(id: string, place: DeliveryPlace | undefined): void {
    this.#changed.set(id, place);
  }

  /** Keeps what has moved; at the end (`all`) whatever is not kept as it is. */
  async save(outboxes: Iterable<Outbox>, now: number, all: boolean): Promise<void> {
    const moved = new Map(this.#changed);
    for (const outbox of outboxes) {
      const { id } = outbox.to;
      const [kept, place, delivered] = [this.#kept.get(id), outbox.place(), outbox.takeDelivered()];
      if (place === undefined || isSame(kept?.place, place)) continue;
      const isDue = all || delivered > 0 || place.failingSince !== kept?.place?.failingSince;
      if (isDue || now - (kept?.at ?? 0) >= idleMs) moved.set(id, place);
    }
    if (moved.size === 0) return;
    try {
      await this.places.save(moved);
    } catch (error) {
      for (const [id, place] of moved) this.#changed.set(id, place);
      throw error;
    }
    for (const [id, place] of moved) {
      this.#kept.set(id, { place, at: now });
      if (this.#changed.get(id) === place) this.#changed.delete(id);
    }
  }
}

const isSame = (a: DeliveryPlace | undefined, b: DeliveryPlace): boolean =>
  a?.position === b.position && a.starts === b.starts && a.failingSince === b.failingSince;
