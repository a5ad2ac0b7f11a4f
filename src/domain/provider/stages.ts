/** Where a provider can stand: each stage holds just the facts proven so far, so none past `accepted` can lack a payer. */
import type { RefusalReason } from '../eligibility.js';
import type { AcceptedDocument, FailedCall, Origin, RoleOffered } from './facts.js';
import type { BaselineStep, Step } from './steps.js';

export interface Request {
  readonly organization: string;
  readonly name: string;
  readonly origin: Origin;
  readonly territory: string;
  readonly rootEmail: string;
  readonly accountName: string;
  readonly requestDigest: string;
  readonly requestedAt: string;
}

export interface Accepted extends Request {
  readonly documents: readonly AcceptedDocument[];
  readonly acceptedAt: string;
}

/** What a stage in which something is owed knows of its own pace. */
export interface Pace {
  /** ISO time of the fact that made the present steps owed (or of the last resume); deadlines count from it. */
  readonly since: string;
  /** The reason last recorded for each step that is held up. */
  readonly delays: Readonly<Partial<Record<Step, string>>>;
}

/** Where and how the account was asked for so far; empty until the first payer is assigned. */
export interface Tried {
  /** Every payer ever assigned, in order; a lost success is looked up in each. */
  readonly payersTried: readonly string[];
  /** Every creation request ever on record, in order. */
  readonly requestsTried: readonly string[];
}

export interface Assigned extends Accepted, Tried {
  readonly payerId: string;
}

export interface Account extends Assigned {
  readonly accountId: string;
  readonly access: RoleOffered;
}

export interface Halt {
  readonly step: Step;
  readonly reason: string;
  readonly whoMustAct: 'customer' | 'operator';
  readonly words: string;
  readonly call?: FailedCall;
  readonly haltedAt: string;
}

/** What the customer's administrator can sign in with. */
export interface Handout {
  readonly generation: number;
  readonly userName: string;
  readonly loginUrl: string;
  readonly expiresAt: string;
  readonly secret: string;
}

export type Credentials =
  | ({ readonly state: 'issued' } & Handout)
  | ({ readonly state: 'claimed' } & Handout)
  | ({ readonly state: 'expired' } & Handout)
  | {
      readonly state: 'reissuing';
      readonly generation: number;
      readonly resetMfa: boolean;
      /** ISO time since when the former password may have been replaced or taken away. */
      readonly sentSince: string;
    };

/** A stage in which the provider moves on by itself, or rests. */
export type Moving =
  | ({ readonly stage: 'requested' } & Request)
  | ({ readonly stage: 'accepted' } & Accepted & Tried & Pace)
  | ({ readonly stage: 'assigned' } & Assigned & Pace)
  /** Its creation was resumed: it waits for a slot again, only at its payer, for its account may exist there. */
  | ({ readonly stage: 'resumed' } & Assigned & Pace)
  /** The request is open: how it ends, or ended, has not been answered yet. */
  | ({ readonly stage: 'creating'; readonly requestId: string } & Assigned & Pace)
  | ({ readonly stage: 'created' } & Account & Pace)
  | ({ readonly stage: 'linked' } & Account & Pace)
  | ({ readonly stage: 'ready'; readonly applied: readonly BaselineStep[] } & Account & Pace)
  | ({ readonly stage: 'hardened' } & Account & Pace)
  | ({ readonly stage: 'active'; readonly credentials: Credentials } & Account & Pace);

export type Provider =
  | { readonly stage: 'unknown' }
  | {
      readonly stage: 'refused';
      readonly organization: string;
      readonly requestDigest: string;
      readonly reasons: readonly RefusalReason[];
    }
  | ({ readonly stage: 'withdrawn' } & Request)
  | Moving
  | { readonly stage: 'halted'; readonly halt: Halt; readonly from: Moving };

export type Stage = Provider['stage'];

export const unknownProvider: Provider = { stage: 'unknown' };

/** The stage under a halt, or the stage itself. */
export function underneath(provider: Provider): Exclude<Provider, { stage: 'halted' }> {
  return provider.stage === 'halted' ? provider.from : provider;
}

/** A provider that stands in the queue for a slot. */
export type Queued = Extract<Moving, { stage: 'accepted' | 'resumed' }>;

export const isQueued = (provider: Provider): provider is Queued =>
  provider.stage === 'accepted' || provider.stage === 'resumed';

export const hasAccount = (provider: Provider): provider is Extract<Moving, Account> => 'accountId' in provider;
