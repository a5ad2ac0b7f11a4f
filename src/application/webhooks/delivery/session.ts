/** Delivery by this process, for as long as it may act: an outbox for each webhook that is enabled, and the log read for all of them. */
import { Refusal } from '../../../domain/refusal.js';
import { decideWebhook } from '../../../domain/webhooks/webhook.js';
import { authorize } from '../../authorization/authorization.js';
import type { Role } from '../../authorization/identity.js';
import type { Dependencies } from '../../dependencies.js';
import { feedFor, openOwners } from '../../history/change-feed.js';
import { providerIn } from '../../history/streams-about.js';
import type { DeliveryPlaces } from '../../ports/delivery-places.js';
import type { Position } from '../../ports/event-store.js';
import type { Log } from '../../ports/log.js';
import type { WebhookRow } from '../../ports/webhook-rows.js';
import { webhooks } from '../../streams/aggregates.js';
import { sagaCause } from '../../streams/causes.js';
import { KeyedMutex } from '../../streams/keyed-mutex.js';
import { destroySecrets } from '../signing-secrets.js';
import { formerSigns } from '../webhook-view.js';
import type { Attempt, Message } from './attempt.js';
import { Intake } from './intake.js';
import { Outbox } from './outbox.js';
import { KeptPlaces } from './places.js';
import { openSlots } from './slots.js';

export interface SessionParts extends Pick<Dependencies, 'store' | 'readModels' | 'streams' | 'vault' | 'clock'> {
  readonly attempt: Attempt;
  readonly places: DeliveryPlaces;
  readonly mayAct: () => boolean;
  readonly random: () => number;
  readonly log: Log;
}

const pageSize = 500;
const patienceMs = 5_000;

export class Session {
  readonly outboxes = new Map<string, Outbox>();
  readonly #inTurn = new KeyedMutex();
  readonly #inSlot = openSlots();
  readonly #stopping = new AbortController();
  readonly #ownerOf;
  readonly #intake: Intake;
  /** Webhooks whose former secret is destroyed, with its generation. */
  readonly #tidied = new Set<string>();
  #lastHead: Message | undefined;

  private constructor(
    private readonly on: SessionParts,
    private readonly places: KeptPlaces,
    from: Position | undefined,
  ) {
    this.#ownerOf = openOwners(on.readModels);
    this.#intake = new Intake(
      {
        ...on,
        ownerOf: this.#ownerOf,
        signal: this.#stopping.signal,
        changed: (id, position) => void this.#inTurn.run(id, () => this.#refresh(id, position)),
        failed: (error) =>
          on.log.warn({ error: String(error) }, 'Webhooks cannot read the log now; it is tried again.'),
      },
      from,
    );
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

  /** Tells of a head that was signed. */
  hearHead(message: Message): void {
    this.#lastHead = message;
    for (const outbox of this.outboxes.values()) outbox.hearHead(message);
  }

  /** Keeps how far it has come, and destroys secrets whose time is over. */
  async keep(all = false): Promise<void> {
    this.#intake.settle();
    const now = this.on.clock.now();
    await this.places.save(this.outboxes.values(), now, all);
    for (const { to } of this.outboxes.values()) {
      const { id, webhook } = to;
      const tidied = `${id}#${webhook.generation}`;
      if (webhook.generation === 1 || formerSigns(webhook, now) || this.#tidied.has(tidied)) continue;
      await destroySecrets(this.on.vault, id, webhook.generation - 1);
      this.#tidied.add(tidied);
    }
  }

  /** Ends all sending; places are kept where this process may still act. */
  async end(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([this.#intake.ended, ...[...this.outboxes.values()].map((outbox) => outbox.stop())]);
    if (this.on.mayAct()) await this.keep(true);
  }

  /** Takes up what a webhook is now. A read model that stands still is waited for. */
  async #refresh(id: string, position: Position): Promise<void> {
    const { readModels, clock } = this.on;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      if (await readModels.waitFor(position, patienceMs, signal, ['webhooks'])) break;
      await clock.wait(patienceMs, signal);
    }
    if (!signal.aborted) this.#apply(id, readModels.webhook(id));
  }

  #apply(id: string, row: WebhookRow | undefined): void {
    const known = this.outboxes.get(id);
    if (known && row && isSame(known, row)) {
      known.to.webhook = row.webhook;
      return;
    }
    if (known) {
      this.#intake.remove(known);
      this.outboxes.delete(id);
      this.places.set(id, known.place());
      void known.stop();
    }
    if (row?.webhook.stage === 'enabled') this.#open(row);
    if (row === undefined) this.places.set(id, undefined);
  }

  #open(row: WebhookRow): void {
    const { id, webhook } = row;
    const { store, attempt, clock, random, mayAct } = this.on;
    const outbox: Outbox = new Outbox(
      {
        ...{ attempt, clock, random, mayAct, inSlot: this.#inSlot, compare: store.compare },
        told: feedFor(this.#ownerOf, subscriberOf(webhook.organization)),
        laneOf: (stream) => providerIn(stream) ?? stream,
        disable: (...why) => this.#disable(...why),
        roomAgain: () => this.#intake.add(outbox),
      },
      { id, webhook },
      this.places.placeOf(row, store),
    );
    this.outboxes.set(id, outbox);
    this.#intake.add(outbox);
    if (this.#lastHead) outbox.hearHead(this.#lastHead);
  }

  /** What was removed or disabled meanwhile needs no more; where nothing can be recorded now, it is tried on. */
  async #disable(id: string, reason: 'failing' | 'gone', words: string): Promise<boolean> {
    const cause = sagaCause(id, 'Deliver', 'WebhookDisabled');
    try {
      await this.on.streams.change(webhooks, id, cause, (webhook) =>
        decideWebhook({ type: 'Disable', reason, words }, webhook),
      );
      this.on.log.warn({ webhook: id, reason }, 'A webhook was disabled.');
      return true;
    } catch (error) {
      return error instanceof Refusal;
    }
  }
}

/** Only its secret, or nothing at all, is another one. */
const isSame = ({ to: { webhook: known } }: Outbox, { webhook }: WebhookRow): boolean =>
  known.stage === webhook.stage && known.since === webhook.since && known.starts === webhook.starts;

/** Whoever reads in the subscriber's place sees what the subscriber's role sees. */
function subscriberOf(organization: string | undefined) {
  const role: Role = organization === undefined ? 'operator' : 'administrator';
  const caller = { actor: 'partner-cloud#webhooks', subject: 'webhooks', organization, roles: [role] };
  return authorize('followChanges', caller);
}
