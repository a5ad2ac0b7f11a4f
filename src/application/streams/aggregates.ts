/** The aggregates, each as its first state and its fold, and the names of their streams. */
import { type Access, evolveAccess, nobodyYet } from '../../domain/access.js';
import { type Allowance, evolveAllowance, wholeAllowance } from '../../domain/allowance.js';
import type { DomainEvent } from '../../domain/events.js';
import { type AcceptedLog, evolveLog, neverAccepted } from '../../domain/log.js';
import { evolveOrganization, type Organization, unknownOrganization } from '../../domain/organization.js';
import { evolvePayer, type Payer, vendingPayer } from '../../domain/payer.js';
import { evolve } from '../../domain/provider/evolve.js';
import { type Provider, unknownProvider } from '../../domain/provider/stages.js';
import { evolveQuarantine, nothingSetAside, type Quarantine } from '../../domain/quarantine.js';

/** How the state of one kind of stream comes from its events; `at` is the ISO time an event was recorded. */
export interface Aggregate<S> {
  readonly kind: string;
  readonly initial: S;
  evolve(state: S, event: DomainEvent, at: string): S;
}

/** A fold over one family of events, fit for streams that hold only that family. */
function aggregate<S, E extends DomainEvent>(
  kind: string,
  initial: S,
  fold: (state: S, event: E, at: string) => S,
): Aggregate<S> {
  return { kind, initial, evolve: (state, event, at) => fold(state, event as E, at) };
}

export const providers: Aggregate<Provider> = aggregate('provider', unknownProvider, evolve);
export const organizations: Aggregate<Organization> = aggregate(
  'organization',
  unknownOrganization,
  evolveOrganization,
);
export const accesses: Aggregate<Access> = aggregate('access', nobodyYet, evolveAccess);
export const payers: Aggregate<Payer> = aggregate('payer', vendingPayer, evolvePayer);
/** One stream for each organization and day, so that it stays short. */
export const allowances: Aggregate<Allowance> = aggregate('allowance', wholeAllowance, evolveAllowance);
/** All decisions are in one stream, so that who reads the log can know them up front. */
export const quarantines: Aggregate<Quarantine> = aggregate('quarantine', nothingSetAside, evolveQuarantine);
/** What is recorded about a log itself, under its id. */
export const logs: Aggregate<AcceptedLog> = aggregate('log', neverAccepted, evolveLog);

export const streamOf = (of: Aggregate<never> | Aggregate<unknown>, id: string): string => `${of.kind}-${id}`;

/** The id of a stream of this kind, or `undefined` for a stream of another kind. */
export function idIn(kind: string, stream: string): string | undefined {
  return stream.startsWith(`${kind}-`) ? stream.slice(kind.length + 1) : undefined;
}
