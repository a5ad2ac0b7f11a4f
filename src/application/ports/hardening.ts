/** The hardening of an account in use, as it is seen and put right at AWS. */
import type { DescribedParts } from '../../domain/baseline/known-baselines.js';
import type { FailedCall } from '../../domain/failed-call.js';
import type { OwnPolicy } from '../../domain/guardrails/plan.js';
import type { Finding } from '../../domain/hardening/findings.js';
import type { MfaDevice } from '../../domain/provider/mfa-device.js';
import type { Attempt } from './attempts.js';
import type { AccountWork } from './ensures.js';

/** What is put right by itself: the objects of the baseline, and users in no group with groups that lack the customer policy. */
export interface Repairs {
  readonly drift: 'repair' | 'report';
  readonly identities: 'repair' | 'report';
}

/** What an account is held to. */
export interface HeldTo {
  /** The parts of the baseline as they were applied there. */
  readonly parts: DescribedParts;
  /** Keys of objects that are left as they are. */
  readonly exceptions: ReadonlySet<string>;
  readonly repairs: Repairs;
}

/** How an account differs from what it is held to, as far as it could be looked at. */
export interface Drift {
  readonly findings: readonly Finding[];
  /** Keys of the only objects that were looked at, because through our own role nothing else could be seen; or `everything`. */
  readonly lookedAt: ReadonlySet<string> | 'everything';
}

/** What was put right: which objects, and how, one line a change. */
export interface Mended {
  readonly objects: readonly string[];
  readonly changes: readonly string[];
}

/** Each throws {@link AccountUnseen} when AWS cannot or will not. */
export interface HardeningAtAws {
  /** What keeps these guardrails from binding the account, for operators; none where all of them do. */
  unbound(account: AccountWork, wanted: readonly OwnPolicy[], attempt: Attempt): Promise<readonly string[]>;
  /** How the account differs from what it is held to; it only reads. */
  drift(account: AccountWork, held: HeldTo, attempt: Attempt): Promise<Drift>;
  /** The MFA device of the user that was handed over, if there is one; it only reads. */
  secondFactor(account: AccountWork, attempt: Attempt): Promise<MfaDevice | undefined>;
  /** What root of the account can sign in with, in words; it only reads. */
  rootCredentials(account: AccountWork, attempt: Attempt): Promise<readonly string[]>;
  /** Puts these objects right; safe to repeat. */
  reapply(account: AccountWork, held: HeldTo, objects: ReadonlySet<string>, attempt: Attempt): Promise<Mended>;
  /** Takes all permissions from these users, except from those that are in a group by now; safe to repeat. */
  takePermissions(account: AccountWork, users: readonly string[], attempt: Attempt): Promise<Mended>;
}

/** AWS does not let an account be looked at or put right; the message is for operators and names the call. */
export class AccountUnseen extends Error {
  override readonly name = 'AccountUnseen';

  constructor(
    message: string,
    readonly call: FailedCall | undefined,
    cause: unknown,
    /** Whether AWS only takes longer, as over a region that is being enabled. */
    readonly passes = false,
  ) {
    super(message, { cause });
  }
}
