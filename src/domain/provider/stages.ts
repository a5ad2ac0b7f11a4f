/** Where a provider can stand: each stage holds just the facts proven so far, and from `created` on just what every account has. */
import type { RefusalReason } from '../eligibility.js';
import type { AcceptedDocument } from '../terms.js';
import type { Credentials } from './handout.js';
import type { SecondFactor } from './mfa-device.js';
import type { AccessModelled, Halt, Pace, Probed, Remaining } from './stage-facts.js';
import type { BaselineStep } from './steps.js';
import type { WayIn } from './way-in.js';

/** What only an account that is made here has. */
export interface NewAccount {
  readonly kind: 'new';
  readonly rootEmail: string;
  readonly accountName: string;
  /** Every payer ever assigned, in order; a lost success is looked up in each. */
  readonly payersTried: readonly string[];
  /** Every creation request ever on record, in order. */
  readonly requestsTried: readonly string[];
}

/** How the account comes to us, with what only an account that comes this way has. Another way is another member. */
export type Origin = NewAccount;

/** What is known of every provider that may come to have an account. */
export interface Request {
  readonly organization: string;
  readonly name: string;
  readonly origin: Origin;
  readonly territory: string;
  readonly requestDigest: string;
  readonly requestedAt: string;
}

export interface Accepted extends Request {
  readonly documents: readonly AcceptedDocument[];
  readonly acceptedAt: string;
}

/** An account that is to be made here. */
export interface ToBeMade extends Accepted {
  readonly origin: NewAccount;
}

export interface Assigned extends ToBeMade {
  readonly payerId: string;
  /** The `since` of the payer when it was assigned; `undefined` where that was not recorded. */
  readonly vendingSince: string | undefined;
}

/** What every account has, whichever way it came to us. */
export interface Account extends Accepted {
  readonly accountId: string;
  readonly wayIn: WayIn;
}

/** An account in the organization of one of the reseller's payers. */
export interface Member extends Account {
  readonly payerId: string;
}

/** A stage in which the provider moves on by itself, or rests. */
export type Moving =
  | ({ readonly stage: 'accepted' } & ToBeMade & Pace)
  | ({ readonly stage: 'assigned' } & Assigned & Pace)
  /** Its creation was resumed: it waits for a slot again, only at its payer, because its account may exist there. */
  | ({ readonly stage: 'resumed' } & Assigned & Pace)
  /** The request is open: how it ends, or ended, has not been answered yet. */
  | ({ readonly stage: 'creating'; readonly requestId: string } & Assigned & Pace)
  | ({ readonly stage: 'created' } & Member & Pace)
  | ({ readonly stage: 'linked' } & Member & Pace)
  | ({ readonly stage: 'ready'; readonly applied: readonly BaselineStep[] } & Member & Probed & AccessModelled & Pace)
  | ({ readonly stage: 'hardened' } & Member & Probed & AccessModelled & Remaining & Pace)
  /** AWS was asked whether the hardening binds. Before it was asked, credentials followed right upon the hardening. */
  | ({ readonly stage: 'proven' } & Member & Probed & Remaining & Pace)
  | ({
      readonly stage: 'active';
      readonly credentials: Credentials;
      /** AWS's word for the state of the account, as it was seen last. */
      readonly accountState: string;
      readonly secondFactor: SecondFactor;
    } & Member &
      Probed &
      Remaining &
      Pace);

export type Provider =
  | { readonly stage: 'unknown' }
  | {
      readonly stage: 'refused';
      readonly organization: string;
      readonly name: string;
      readonly requestDigest: string;
      readonly reasons: readonly RefusalReason[];
    }
  | ({ readonly stage: 'requested' } & Request)
  | ({ readonly stage: 'withdrawn' } & Request)
  | Moving
  | { readonly stage: 'halted'; readonly halt: Halt; readonly from: Moving };

export type Stage = Provider['stage'];

export const unknownProvider: Provider = { stage: 'unknown' };

/** The stage under a halt, or the stage itself. */
export function underneath(provider: Provider): Exclude<Provider, { stage: 'halted' }> {
  return provider.stage === 'halted' ? provider.from : provider;
}

/** Whether a step can be owed here: the terms are accepted, and no halt stands in the way. */
export const isMoving = (provider: Provider): provider is Moving => 'since' in provider;

/** A provider that stands in the queue for a slot. */
export type Queued = Extract<Moving, { stage: 'accepted' | 'resumed' }>;

export const isQueued = (provider: Provider): provider is Queued =>
  provider.stage === 'accepted' || provider.stage === 'resumed';

/** A provider whose account is asked for at a payer now. */
export type BeingMade = Extract<Moving, { stage: 'assigned' | 'creating' }>;

export const isBeingMade = (provider: Provider): provider is BeingMade =>
  provider.stage === 'assigned' || provider.stage === 'creating';

export const hasAccount = (provider: Provider): provider is Extract<Moving, Account> => 'accountId' in provider;
