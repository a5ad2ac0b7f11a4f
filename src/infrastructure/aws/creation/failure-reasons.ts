/** Every way AWS can refuse a new account, and what we do about it: data, complete by type, with one function over it. */
import type {
  ConstraintViolationExceptionReason,
  CreateAccountFailureReason,
  CreateAccountStatus,
} from '@aws-sdk/client-organizations';
import { troubleOf } from '../calls/call-pace.js';
import { type Classified, classify } from '../calls/errors.js';

/** What a refusal calls for. Nothing here ever leads to another e-mail. */
export type ReactionKind =
  /** The account may exist already, perhaps by our own lost call: look the e-mail up, else a person must. */
  | 'look-up'
  /** AWS had a fault: look the e-mail up, then ask again, a minute later and twice as long each time, up to fifteen. */
  | 'ask-again'
  /** It passes by itself: ask again after seconds, twice as long each time, up to a minute, with jitter. */
  | 'wait'
  /** It concerns the payer: vending there is paused and the provider is tried at another payer, or waits for one. */
  | 'payer'
  /** It may meet everybody at the payer, and another payer may do no better: vending there is paused, and this one halts. */
  | 'payer-halt'
  /** It concerns this account alone: it halts until a person has acted and resumes it. */
  | 'halt';

/** `code` is for programs and stays as it is; `words` are what the customer reads. */
export interface Reaction {
  readonly kind: ReactionKind;
  readonly code: string;
  readonly words: string;
}

const halt = (code: string, words: string): Reaction => ({ kind: 'halt', code, words });
const payer = (code: string, words: string): Reaction => ({ kind: 'payer', code, words });
const payerHalt = (code: string, words: string): Reaction => ({ kind: 'payer-halt', code, words });
const payment = payer('payer-payment', "AWS wants the payer's payment method settled before it makes accounts.");
const validation = payer('payer-business-validation', "AWS has not confirmed the payer's business licence.");
const accountLimit = payer('account-limit-exceeded', "The payer's account quota at AWS is reached.");
const slotAwaited: Reaction = {
  kind: 'wait',
  code: 'slot-awaited',
  words: 'AWS makes only a few accounts at a time. This one is next when another has ended.',
};

/** A reason as the API's pages spell it, where the SDK's list spells it otherwise. */
type SpelledOtherwise = 'IDENTITY_INVALID_BUSINESS_VALIDATION';

/** Source: Organizations API, CreateAccountStatus, FailureReason; aws-facts §1.1. */
export const reactions: Readonly<Record<CreateAccountFailureReason | SpelledOtherwise, Reaction>> = {
  EMAIL_ALREADY_EXISTS: {
    kind: 'look-up',
    code: 'email-taken',
    words: 'AWS says that the root e-mail address of this account belongs to an account already.',
  },
  CONCURRENT_ACCOUNT_MODIFICATION: {
    kind: 'ask-again',
    code: 'concurrent-creation',
    words: 'AWS says this account was asked for twice at the same time. We look for it, then ask again.',
  },
  INTERNAL_FAILURE: {
    kind: 'ask-again',
    code: 'aws-internal-failure',
    words: 'AWS had a fault while making the account. It is asked again by itself.',
  },
  ACCOUNT_LIMIT_EXCEEDED: accountLimit,
  INVALID_ADDRESS: payer('payer-address', "AWS does not accept the payer's postal address."),
  INVALID_EMAIL: halt('root-email-invalid', "AWS does not accept the account's root e-mail address."),
  MISSING_PAYMENT_INSTRUMENT: payment,
  INVALID_PAYMENT_INSTRUMENT: payment,
  MISSING_BUSINESS_VALIDATION: validation,
  PENDING_BUSINESS_VALIDATION: validation,
  FAILED_BUSINESS_VALIDATION: validation,
  UNKNOWN_BUSINESS_VALIDATION: validation,
  INVALID_IDENTITY_FOR_BUSINESS_VALIDATION: validation,
  IDENTITY_INVALID_BUSINESS_VALIDATION: validation,
  GOVCLOUD_ACCOUNT_ALREADY_EXISTS: halt('govcloud-account-exists', 'AWS has a GovCloud account with this e-mail.'),
  UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED: payerHalt(
    'tags-not-supported',
    "AWS does not accept the account's tags with the payer's resource policy.",
  ),
};

/** What a FAILED creation calls for; for a reason that AWS has added since a person must act. */
export function reactionTo({ FailureReason: reason }: Pick<CreateAccountStatus, 'FailureReason'>): Reaction {
  if (reason && Object.hasOwn(reactions, reason)) return reactions[reason];
  return payerHalt('creation-failed', `AWS could not make the account (${reason ?? 'no reason given'}).`);
}

/** Refusals that CreateAccount answers with at once, by the reason of a ConstraintViolation. Source: aws-facts §1.1. */
export const constraints: Readonly<Partial<Record<ConstraintViolationExceptionReason, Reaction>>> = {
  ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED: slotAwaited,
  ACCOUNT_NUMBER_LIMIT_EXCEEDED: accountLimit,
  ACCOUNT_CREATION_NOT_COMPLETE: payer('payer-incomplete', 'The payer is not fully set up at AWS yet.'),
  MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED: payment,
  MASTER_ACCOUNT_MISSING_CONTACT_INFO: payer('payer-contact', "The payer's contact data at AWS are incomplete."),
  MASTER_ACCOUNT_ADDRESS_DOES_NOT_MATCH_MARKETPLACE: payer(
    'payer-address',
    "The payer's postal address does not fit its AWS marketplace.",
  ),
  INVALID_PAYMENT_INSTRUMENT: payment,
  MASTER_ACCOUNT_MISSING_BUSINESS_LICENSE: validation,
  TAG_POLICY_VIOLATION: payer('payer-tag-policy', "A tag policy of the payer forbids the account's owner tag."),
  MAX_TAG_LIMIT_EXCEEDED: payerHalt(
    'tags-not-supported',
    'AWS does not accept as many tags as the account is to have.',
  ),
};

/** By the name of the error. */
export const refusals: Readonly<Record<string, Reaction>> = {
  TooManyRequests: slotAwaited,
  FinalizingOrganization: {
    kind: 'wait',
    code: 'organization-finalizing',
    words: "AWS is still setting up the payer's organization, which can take an hour. It is asked again by itself.",
  },
  ConcurrentModification: {
    kind: 'wait',
    code: 'organization-busy',
    words: "AWS is making another change to the payer's organization. It is asked again by itself.",
  },
  AWSOrganizationsNotInUse: payer('payer-no-organization', 'The payer has no organization at AWS.'),
  InvalidInput: halt('creation-refused', 'AWS does not accept the request for the account.'),
  ConstraintViolation: payerHalt('creation-refused', 'A rule of AWS forbids the account at the moment.'),
  UnsupportedAPIEndpoint: payerHalt('creation-refused', 'AWS does not offer account creation where we asked for it.'),
};

/** The codes of refusals that send a provider to another payer. */
export const leadsElsewhere: ReadonlySet<string> = new Set(
  [reactions, constraints, refusals].flatMap((table) =>
    Object.values(table).flatMap(({ kind, code }) => (kind === 'payer' ? [code] : [])),
  ),
);

/** What a refusal by CreateAccount itself calls for; `undefined` when it is not about the account at all. */
export function reactionToRefusal(error: unknown): Reaction | undefined {
  const { code, reason }: Classified = classify(error);
  if (troubleOf(error) === 'throttled') return slotAwaited;
  const constraint = Object.entries(constraints).find(([name]) => name === reason);
  if (code === 'ConstraintViolation' && constraint) return constraint[1];
  return Object.hasOwn(refusals, code) ? refusals[code] : undefined;
}
