/** Reads the log for every outbox: one follower tells of what comes, and whoever is behind reads by itself until it has caught up. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { OwnerOf } from '../../history/change-feed.js';
import type { Clock } from '../../ports/clock.js';
import type { EventStore, Pace, Page, PoisonedEvent, Position, RecordedEvent } from '../../ports/event-store.js';
import type { ReadModels } from '../../ports/read-models.js';
import { statusModels } from '../../quarantine/standstill.js';
import { idIn } from '../../streams/aggregates.js';
import { runFollower } from '../../streams/follower.js';
import type { Outbox } from './outbox.js';

export interface IntakeParts {
  readonly store: Pick<EventStore, 'follow' | 'compare'>;
  readonly readModels: Pick<ReadModels, 'waitFor'>;
  readonly ownerOf: OwnerOf;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Hears of each fact about a webhook. */
  readonly changed: (id: string, position: Position) => void;
  /** Hears why the log cannot be read. */
  readonly failed: (error: unknown) => void;
}

/** Outboxes that read by themselves at once. */
const catchingUpAtOnce = 4;
/** Who has no room for more than a hundred would have a page of a thousand decoded ten times over. */
const pace: Pace = { pageSize: 100, turn: () => nextTurn() };
const pauseMs = 1_000;
const patienceMs = 5_000;

/** What a page rests on is not in the read model yet. */
class NotCaughtUp extends Error {}

export class Intake {
  readonly #live = new Map<string, Set<Outbox>>();
  readonly #catchingUp = pLimit(catchingUpAtOnce);
  readonly ended: Promise<void>;

  constructor(
    private readonly parts: IntakeParts,
    private after: Position | undefined,
  ) {
    const { store, clock, signal } = parts;
    const follower = {
      checkpoint: () => this.after,
      take: (page: Page) => this.#take(page),
      failed: (error: unknown) => this.#failed(error),
    };
    this.ended = runFollower(store, follower, { signal, clock });
  }

  /** Has the outbox read what it lacks, and then hear of what comes. */
  add(outbox: Outbox): void {
    void this.#catchingUp(() => this.#catchUp(outbox));
  }

  remove(outbox: Outbox): void {
    const live = this.#live.get(outbox.owner);
    live?.delete(outbox);
    if (live?.size === 0) this.#live.delete(outbox.owner);
  }

  /** Lets those that hear of everything know how far that is. */
  settle(): void {
    const { after } = this;
    if (after !== undefined) for (const live of this.#live.values()) for (const outbox of live) outbox.passed(after);
  }

  #failed(error: unknown): 'go-on' {
    this.parts.failed(error);
    return 'go-on';
  }

  /** Its place moves on once all were told, since after a failure it begins there again; an outbox hears nothing twice. */
  #take({ events }: Page): 'go-on' {
    for (const recorded of events) {
      const owner = this.parts.ownerOf(recorded);
      for (const each of owner === '' ? [''] : [owner, ''])
        for (const outbox of this.#live.get(each) ?? []) this.#tell(outbox, recorded);
      const id = idIn('webhook', recorded.stream);
      if (id !== undefined) this.parts.changed(id, recorded.position);
      this.after = recorded.position;
    }
    return 'go-on';
  }

  /** Who has no room reads by itself again once there is some. */
  #tell(outbox: Outbox, recorded: RecordedEvent | PoisonedEvent): void {
    if (!outbox.hear(recorded)) this.remove(outbox);
  }

  async #catchUp(outbox: Outbox): Promise<void> {
    const signal = AbortSignal.any([this.parts.signal, outbox.signal]);
    while (!signal.aborted) {
      try {
        return await this.#read(outbox, signal);
      } catch (error) {
        this.parts.failed(error);
        await this.parts.clock.wait(pauseMs, signal);
      }
    }
  }

  /** Resolves when the outbox hears of what comes, or has no more room. */
  async #read(outbox: Outbox, signal: AbortSignal): Promise<void> {
    for await (const { events } of this.parts.store.follow(outbox.readUpTo, signal, pace)) {
      const last = events.at(-1);
      if (last) await this.#known(last.position, signal);
      if (signal.aborted || !events.every((recorded) => outbox.hear(recorded))) return;
      if (!this.#reaches(outbox.readUpTo)) continue;
      const live = this.#live.get(outbox.owner) ?? new Set();
      this.#live.set(outbox.owner, live.add(outbox));
      return;
    }
  }

  /** Whose a provider is that was asked for a moment ago is told by the read model. */
  async #known(position: Position, signal: AbortSignal): Promise<void> {
    const reached = await this.parts.readModels.waitFor(position, patienceMs, signal, statusModels);
    if (!reached && !signal.aborted) throw new NotCaughtUp('The read model provider-status does not move.');
  }

  #reaches(position: Position | undefined): boolean {
    if (this.after === undefined) return true;
    return position !== undefined && this.parts.store.compare(position, this.after) >= 0;
  }
}
