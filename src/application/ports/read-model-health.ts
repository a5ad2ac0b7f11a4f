/** The read models by name, and how each stands. */
import type { Position } from './event-store.js';

/** The read models by name. Each is filled, stands still and is waited for by itself. */
export const readModelNames = [
  'provider-status',
  'payer-load',
  'audit-history',
  'organizations',
  'statistics',
  'webhooks',
  'exceptions',
] as const;

export type ReadModelName = (typeof readModelNames)[number];

/** How one version of a read model stands. */
export interface ProjectionHealth {
  readonly model: ReadModelName;
  /** The read model and its version. */
  readonly name: string;
  /** Whether reads are answered from it; another is being filled, to be served instead once it has caught up. */
  readonly served: boolean;
  readonly position: Position | undefined;
  readonly caughtUp: boolean;
  /** Whether its rows are still being made (anew), so that they do not hold everything yet. */
  readonly filling: boolean;
  /** Why the reader stands still, where it does: stream, revision and cause. */
  readonly stopped: string | undefined;
  /** The event that it cannot read or fold, if that is why. */
  readonly at: { readonly stream: string; readonly revision: number; readonly cause: string } | undefined;
}
