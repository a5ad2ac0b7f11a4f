/** What the saga asks of the outside: one ensure a step, each safe to repeat, each answering in facts. */

import type { FailedCall } from '../../domain/failed-call.js';
import type { LiveProofRecorded } from '../../domain/provider/baseline-events.js';
import type { PayerRefused, ProviderEvent, ProvisioningHalted } from '../../domain/provider/events.js';
import type { BaselineStep, Step } from '../../domain/provider/steps.js';
import type { WayIn } from '../../domain/provider/way-in.js';
import type { Attempt, Delayed, Later } from './attempts.js';

/** What came of one attempt at a step. */
export type StepResult =
  /** The step, or a part of it worth recording, is true now; or it halts by name. */
  { readonly kind: 'fact'; readonly event: ProviderEvent } | Later | Delayed | PayerRefusal | WrongProof;

/** What AWS refused or showed concerns the payer: others must not be sent there. */
export interface PayerRefusal {
  readonly kind: 'payer-refused';
  readonly payerId: string;
  readonly reason: string;
  /** For operators: why the payer is paused, and what to do. */
  readonly words: string;
  /** The refused call; absent where what AWS showed is the reason. */
  readonly call?: FailedCall;
  /** ISO time at which AWS refused, so that an old refusal pauses nobody again. */
  readonly refusedAt: string;
  /** What it means for this provider: it goes back to the queue, it halts, or it goes on with that on record. */
  readonly event: PayerRefused | ProvisioningHalted | LiveProofRecorded;
}

/** AWS decides otherwise than it should about an account; in enough of them it is the payer's. */
export interface WrongProof {
  readonly kind: 'proof-wrong';
  readonly payerId: string;
  /** The rows that came out wrong, by name. */
  readonly rows: readonly string[];
  /** ISO time at which AWS was asked. */
  readonly provedAt: string;
  /** What it means for this provider: it halts, or it goes on with that on record. */
  readonly event: ProvisioningHalted | LiveProofRecorded;
}

export interface CreateAccountWork {
  readonly providerId: string;
  readonly payerId: string;
  /** Every payer this provider was ever assigned, the present one included: where a lost success is looked up. */
  readonly payersTried: readonly string[];
  readonly rootEmail: string;
  readonly accountName: string;
  /** The request on record whose end has not been answered yet. */
  readonly requestId: string | undefined;
  /** Every request ever on record, in order; a failed one among them that is not open was answered by a person. */
  readonly requestsTried: readonly string[];
  /** The code of the reason why vending at the payer is paused, if it is. What was asked before is followed all the same. */
  readonly pausedFor: string | undefined;
}

/** An account that exists, and the way in. */
export interface AccountWork {
  readonly providerId: string;
  readonly accountId: string;
  readonly payerId: string;
  readonly wayIn: WayIn;
}

export interface ProofWork extends AccountWork {
  /** Version of the baseline by which the account's roles and groups were set up, where that is on record. */
  readonly accessBaseline: string | undefined;
}

export interface CredentialsWork extends AccountWork {
  readonly generation: number;
  /** Also take the user's MFA devices off (asked for with a reissue). */
  readonly resetMfa: boolean;
  /** ISO time since when a request that replaces or removes the password may have been sent; absent: for ever. */
  readonly sentSince?: string;
}

export interface SettleWork extends CredentialsWork {
  /** ISO time since when the customer may take them over. */
  readonly issuedAt: string;
  /** ISO time after which unclaimed credentials are removed. */
  readonly expiresAt: string;
  /** Whether an MFA device of the user is on record. */
  readonly mfaSeen: boolean;
}

export interface WorkOf extends Record<BaselineStep, AccountWork> {
  readonly CreateAccount: CreateAccountWork;
  readonly LinkPayer: AccountWork;
  readonly AwaitReadiness: AccountWork;
  readonly LiveProof: ProofWork;
  readonly IssueCredentials: CredentialsWork;
  readonly SettleCredentials: SettleWork;
}

/** Every step that touches AWS; AssignPayer alone is decided from the log. */
export type AwsStep = Exclude<Step, 'AssignPayer'>;
export type Ensure<W> = (work: W, attempt: Attempt) => Promise<StepResult>;
export type Ensures = { readonly [S in AwsStep]: Ensure<WorkOf[S]> };
