/** Delivery by this process, for as long as it may act: an outbox for each recipient, and the log read for all of them. */
import type { Dependencies } from '../../dependencies.js';
import { openOwners } from '../../history/change-feed.js';
import { providerIn } from '../../history/streams-about.js';
import type { DeliveryPlaces } from '../../ports/delivery-places.js';
import type { Position } from '../../ports/event-store.js';
import type { WebhookRow } from '../../ports/webhook-rows.js';
import { KeyedMutex } from '../../streams/keyed-mutex.js';
import type { Message } from '../messages/message.js';
import { Intake } from './intake.js';
import { Outbox } from './outbox.js';
import { KeptPlaces } from './places.js';
import { noticeRecipients, type Recipient, type RecipientParts, webhookRecipient } from './recipients.js';
import { openSemaphores } from './semaphores.js';
import { openTidying } from './tidying.js';

export interface SessionParts extends RecipientParts, Pick<Dependencies, 'store' | 'vault' | 'clock'> {
  readonly places: DeliveryPlaces;
  readonly mayAct: () => boolean;
  readonly random: () => number;
}

const pageSize = 500;
const patienceMs = 5_000;

export class Session {
  readonly webhooks = new Map<string, Outbox>();
  readonly notices: readonly Outbox[];
  readonly #inTurn = new KeyedMutex();
  readonly #withinBounds = openSemaphores();
  readonly #stopping = new AbortController();
  readonly #ownerOf;
  readonly #intake: Intake;
  readonly #tidy;
  /** Of webhooks that rest or are gone, whose last tries are still under way. */
  readonly #leaving = new Set<Promise<void>>();
  #lastHead: Message | undefined;

  private constructor(
    private readonly on: SessionParts,
    private readonly places: KeptPlaces,
    from: Position | undefined,
  ) {
    this.#ownerOf = openOwners(on.readModels);
    this.#tidy = openTidying(on.vault);
    const { signal } = this.#stopping;
    const changed = (id: string, position: Position) =>
      void this.#inTurn.run(id, () => this.#untilRefreshed(id, position, failed));
    const failed = (error: unknown) =>
      on.log.warn({ error: String(error) }, 'Webhooks cannot read what is recorded now; it is tried again.');
    this.#intake = new Intake({ ...on, ownerOf: this.#ownerOf, signal, changed, failed }, from);
    // One that is new to the configuration is told of what comes from now on.
    this.notices = noticeRecipients(on, this.#ownerOf).map((each) => this.#open(each, { begunAt: from }));
  }

  /** Begins with every webhook that the read model holds; what the log holds now must be in it. */
  static async begin(on: SessionParts): Promise<Session> {
    const from = on.store.head();
    const session = new Session(on, await KeptPlaces.load(on.places, on.clock.now()), from);
    for (let afterId = ''; ; ) {
      const rows = on.readModels.webhooks({ owner: undefined, afterId, limit: pageSize });
      for (const row of rows) session.#apply(row.id, row);
      afterId = rows.at(-1)?.id ?? '';
      if (rows.length < pageSize) return session;
    }
  }

  get outboxes(): readonly Outbox[] {
    return [...this.webhooks.values(), ...this.notices];
  }

  /** Tells of a head that was signed. */
  hearHead(message: Message): void {
    this.#lastHead = message;
    for (const outbox of this.webhooks.values()) outbox.hearHead(message);
  }

  /** Keeps how far it has come, and destroys secrets whose time is over. */
  async keep(all = false): Promise<void> {
    this.#intake.settle();
    const now = this.on.clock.now();
    await this.places.save(this.outboxes, now, all);
    for (const { to } of this.webhooks.values()) await this.#tidy(to, now);
  }

  /** Ends all sending, with a little time for what is under way; places are kept where this process may still act. */
  async end(): Promise<void> {
    this.#stopping.abort();
    const sending = this.outboxes.map((outbox) => outbox.stop('gently'));
    await Promise.all([this.#intake.ended, ...sending, ...this.#leaving]);
    if (this.on.mayAct()) await this.keep(true);
  }

  /** What could not be read is read again: nobody else would tell that a webhook has rested or gone. */
  async #untilRefreshed(id: string, position: Position, failed: (error: unknown) => void): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted)
      try {
        return await this.#refresh(id, position);
      } catch (error) {
        failed(error);
        await this.on.clock.wait(patienceMs, signal);
      }
  }

  /** Takes up what a webhook is now. A read model that stands still is waited for. */
  async #refresh(id: string, position: Position): Promise<void> {
    const { readModels, clock } = this.on;
    const { signal } = this.#stopping;
    while (!signal.aborted && !(await readModels.waitFor(position, patienceMs, signal, ['webhooks'])))
      await clock.wait(patienceMs, signal);
    if (!signal.aborted) this.#apply(id, readModels.webhook(id));
  }

  #apply(id: string, row: WebhookRow | undefined): void {
    const known = this.webhooks.get(id);
    if (known && row && known.goesOnAs(row.webhook)) {
      known.to.webhook = row.webhook;
      return;
    }
    if (known) {
      this.#intake.remove(known);
      this.webhooks.delete(id);
      this.places.set(id, known.place());
      const left: Promise<void> = known.stop().finally(() => this.#leaving.delete(left));
      this.#leaving.add(left);
    }
    if (row === undefined) this.places.set(id, undefined);
    else if (row.webhook.stage === 'enabled') {
      const outbox = this.#open(webhookRecipient(this.on, this.#ownerOf, row), row);
      this.webhooks.set(id, outbox);
      if (this.#lastHead) outbox.hearHead(this.#lastHead);
    }
  }

  #open({ id, webhook, ...how }: Recipient, { begunAt }: { readonly begunAt: Position | undefined }): Outbox {
    const { store, clock, random, mayAct } = this.on;
    const outbox: Outbox = new Outbox(
      {
        ...{ ...how, clock, random, mayAct, withinBounds: this.#withinBounds, compare: store.compare },
        laneOf: (stream) => providerIn(stream) ?? stream,
        roomAgain: () => this.#intake.add(outbox),
      },
      { id, webhook },
      this.places.placeOf({ id, webhook, begunAt }, store),
    );
    this.#intake.add(outbox);
    return outbox;
  }
}
