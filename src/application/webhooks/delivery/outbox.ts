/**
 * What one webhook still has to deliver: in order for each provider, each message until it is taken, a bounded number at once.
 * It knows up to which position everything is delivered.
 */
import pLimit from 'p-limit';
import type { StandingWebhook } from '../../../domain/webhooks/webhook.js';
import type { DeliveryPlace } from '../../ports/delivery-places.js';
import type { PoisonedEvent, Position, RecordedEvent } from '../../ports/event-store.js';
import type { Message, MessageOf } from '../messages/message.js';
import { headSigned } from '../messages/signed-head.js';
import { type LaneParts, type Lanes, openLanes, type Stop } from './lanes.js';
import { atOnceOfWebhook } from './semaphores.js';
import type { Item } from './until-taken.js';

export interface OutboxParts extends Omit<LaneParts, 'done' | 'own'> {
  readonly messageOf: MessageOf;
  /** What an entry belongs to, of which one message at a time is under way. */
  readonly laneOf: (stream: string) => string;
  readonly compare: (a: Position, b: Position) => number;
  /** Hears that an outbox that was full has room again. */
  readonly roomAgain: () => void;
}

/** Messages that wait at once; what comes after them is read from the log once there is room. */
const mostWaiting = 100;

export class Outbox {
  readonly #waiting: Item[] = [];
  readonly #lanes: Lanes;
  #readUpTo: Position | undefined;
  #deliveredUpTo: Position | undefined;
  /** Since when what comes first was failing before this process took over. */
  #inherited: string | undefined;
  #wasFull = false;
  #delivered = 0;
  #head: Item | undefined;

  constructor(
    readonly parts: OutboxParts,
    readonly to: { readonly id: string; webhook: StandingWebhook },
    from: Pick<DeliveryPlace, 'failingSince'> & { readonly position: Position | undefined },
  ) {
    this.#readUpTo = from.position;
    this.#deliveredUpTo = from.position;
    this.#inherited = from.failingSince;
    this.#lanes = openLanes({ ...parts, own: pLimit(atOnceOfWebhook), done: (item) => this.#done(item) }, to);
  }

  get owner(): string {
    return this.to.webhook.organization ?? '';
  }

  /** Whether nothing of its webhook has changed but perhaps the secret. */
  goesOnAs({ stage, since, starts }: StandingWebhook): boolean {
    const { webhook } = this.to;
    return webhook.stage === stage && webhook.since === since && webhook.starts === starts;
  }

  get readUpTo(): Position | undefined {
    return this.#readUpTo;
  }

  get signal(): AbortSignal {
    return this.#lanes.signal;
  }

  /** How many messages wait, and since when the first of them has failed (ISO). */
  get backlog(): { readonly waiting: number; readonly failingSince: string | undefined } {
    const since = this.#waiting.flatMap((item) => (item.done ? [] : (item.failingSince ?? []))).sort();
    return { waiting: this.#waiting.length, failingSince: since[0] };
  }

  /** Takes in an entry that comes after all others; false where there is no room, so that it must be told again. */
  hear(recorded: RecordedEvent | PoisonedEvent): boolean {
    const { position } = recorded;
    if (this.#readUpTo !== undefined && this.parts.compare(position, this.#readUpTo) <= 0) return true;
    const message = this.parts.messageOf(recorded);
    if (message && this.#waiting.length >= mostWaiting) {
      this.#wasFull = true;
      return false;
    }
    if (message) this.#add({ position, message, lane: this.parts.laneOf(recorded.stream) });
    this.passed(position);
    return true;
  }

  /** Everything up to here was told, or concerns others. */
  passed(position: Position): void {
    // Whoever has caught up by itself may be ahead of the one follower.
    if (this.#readUpTo !== undefined && this.parts.compare(position, this.#readUpTo) < 0) return;
    this.#readUpTo = position;
    if (this.#waiting.length === 0) this.#deliveredUpTo = position;
  }

  /** A head is worth nothing once there is a newer one, so the newest alone waits. */
  hearHead(message: Message): void {
    if (!this.to.webhook.types.includes(headSigned)) return;
    if (this.#head && !this.#head.done) this.#head.message = message;
    else {
      this.#head = { position: undefined, message, lane: headSigned, failingSince: undefined, done: false };
      this.#lanes.add(this.#head);
    }
  }

  /** Where it stands; `undefined` at the start of the log. */
  place(): DeliveryPlace | undefined {
    const position = this.#deliveredUpTo;
    if (position === undefined) return undefined;
    const failingSince = this.backlog.failingSince ?? this.#inherited;
    return { position, starts: this.to.webhook.starts, ...(failingSince !== undefined && { failingSince }) };
  }

  /** How many messages were delivered since this was last asked. */
  takeDelivered(): number {
    const delivered = this.#delivered;
    this.#delivered = 0;
    return delivered;
  }

  /** Sends nothing more; resolves when what was under way has ended. */
  stop(how: Stop = 'at-once'): Promise<void> {
    return this.#lanes.stop(how);
  }

  #add(told: Pick<Item, 'position' | 'message' | 'lane'>): void {
    const item: Item = { ...told, failingSince: this.#inherited, done: false };
    this.#inherited = undefined;
    this.#waiting.push(item);
    this.#lanes.add(item);
  }

  #done(item: Item): void {
    this.#delivered += 1;
    if (item === this.#head) return;
    while (this.#waiting[0]?.done) this.#deliveredUpTo = this.#waiting.shift()?.position;
    if (this.#waiting.length === 0) this.#deliveredUpTo = this.#readUpTo;
    if (!this.#wasFull || this.#waiting.length > mostWaiting / 2) return;
    this.#wasFull = false;
    this.parts.roomAgain();
  }
}
