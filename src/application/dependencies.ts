/** What the command and query handlers work with; chosen once, in the composition root. */
import type { AccessLimits } from '../domain/access-limits.js';
import type { AccountSessions } from './ports/account-sessions.js';
import type { AccountStates } from './ports/account-states.js';
import type { Clock } from './ports/clock.js';
import type { EventStore } from './ports/event-store.js';
import type { Metrics } from './ports/metrics.js';
import type { PresentDelaysRead } from './ports/present-delays.js';
import type { ReadModels } from './ports/read-models.js';
import type { Terms } from './ports/terms.js';
import type { Vault } from './ports/vault.js';
import type { Streams } from './streams/streams.js';

/** The reseller's settings that the application itself reads. */
export interface Settings {
  readonly reseller: {
    readonly name: string;
    readonly prefix: string;
    readonly contact: string;
    readonly analyticsUrl: string;
    readonly monitoringUrl: string;
  };
  readonly territories: {
    readonly version: string;
    readonly list: readonly { readonly code: string; readonly name: string }[];
  };
  /** Holds `{token}` where the provider's token goes. */
  readonly rootEmailPattern: string;
  readonly limits: AccessLimits & {
    /** How many providers an organization may request on one day (UTC). */
    readonly accountsPerOrganizationPerDay: number;
    /** How many refused requests of one organization are put on record within an hour. */
    readonly recordedRefusalsPerOrganizationPerHour: number;
  };
  readonly payers: readonly {
    readonly id: string;
    readonly territories: readonly string[];
    readonly creationsAtOnce: number;
    readonly accountsAllowed: number;
  }[];
}

export interface Dependencies {
  readonly streams: Streams;
  readonly store: EventStore;
  /** The ids of the logs whose facts this one holds at positions of its own. */
  readonly formerLogs: ReadonlySet<string>;
  readonly readModels: ReadModels;
  readonly vault: Vault;
  readonly terms: Terms;
  readonly accountSessions: AccountSessions;
  readonly accountStates: AccountStates;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly metrics: Metrics;
  /** What stands in the way of steps now. */
  readonly presentDelays: PresentDelaysRead;
  /** When the account of a provider was last seen to be as it was hardened or not (ISO); absent where nobody looks. */
  readonly lastCheckedAt?: (providerId: string) => string | undefined;
  /** Asks the saga to look at a provider now, as when its credentials were just shown. */
  readonly nudge: (providerId: string) => void;
}

/** The injection token of {@link Dependencies}. */
export const DEPENDENCIES = Symbol('Dependencies');
