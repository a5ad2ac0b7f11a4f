/** What feeds versions of read models from the log, and what it tells of them. */
import type { Clock } from '../../application/ports/clock.js';
import type { Position } from '../../application/ports/event-store.js';
import type { Quarantine } from '../../domain/quarantine.js';
import type { FedVersion } from './fed-version.js';
import type { LogEntry } from './projection.js';
import type { ReadableLog } from './read-model.js';

/** Versions that are fed from the same pages. */
export interface Reader {
  readonly versions: Set<FedVersion>;
  /** Makes it begin again where the one that is furthest behind stands. */
  beginAgain(): void;
  /** Where the last decision stands for which it began again. One that stands still meets it on every page that it reads. */
  decidedAt?: Position;
}

/** Feeds files of versions elsewhere than in this thread, until each has caught up or stands still, or the signal aborts. */
export type FillElsewhere = (fed: readonly FedVersion[], signal: AbortSignal) => Promise<void>;

export interface Feeding {
  readonly log: ReadableLog;
  readonly signal: AbortSignal;
  readonly clock?: Clock | undefined;
  readonly elsewhere?: FillElsewhere | undefined;
  /** Called after each batch, stop and change of decisions of a version, with what was taken in, or nothing where rows were changed otherwise. */
  moved(fed: FedVersion, entries?: readonly LogEntry[]): void;
  /** Called where a version cannot go on, with what is in its way noted there; it throws nothing. */
  troubled(fed: FedVersion): void;
  /** Hears the decisions that the reader goes by. */
  decided(quarantine: Quarantine): void;
  /** Gives a version that cannot go on a reader of its own, so that the others need not wait for it. */
  setApart(fed: FedVersion): void;
  /** Lets another reader feed what has caught up; answers whether one does. */
  join(reader: Reader): boolean;
}
