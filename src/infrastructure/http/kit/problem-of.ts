/** Which problem an error is: refusals in their own words, outages without inner details, anything else as ours to mend. */
import { HttpException } from '@nestjs/common';
import { IdentityUnavailable } from '../../../application/authorization/identity.js';
import { SessionUnavailable } from '../../../application/ports/account-sessions.js';
import {
  OutcomeUnknown,
  PoisonError,
  RevisionConflict,
  StoreUnavailable,
  UnknownPosition,
} from '../../../application/ports/event-store-errors.js';
import { OrganizationUnavailable } from '../../../application/ports/guardrails.js';
import { ReadModelsUnavailable } from '../../../application/ports/read-models.js';
import { type RefusalReason, refusalText } from '../../../domain/eligibility.js';
import { Refusal, type RefusalCode, type WrongField } from '../../../domain/refusal.js';
import { positionProblem, WrongPosition } from './position-problems.js';
import { Problem, type ProblemCode } from './problems.js';
import { waitHeaders } from './rate-headers.js';
import { routingProblem } from './routing-problems.js';

/** What an error alone does not know. */
export interface About {
  /** Whom a customer can ask. */
  readonly contact: string;
  /** The name of the input that says what the call is about, for refusals that name no field. */
  readonly subject: string;
  /** The methods that the path offers; empty when there is nothing at the path. Looked up only where an answer needs it. */
  readonly methods: () => readonly string[];
  /** Whether the call only reads. */
  readonly reads: boolean;
  /** The ids of the logs that this one goes on with. */
  readonly formerLogs: ReadonlySet<string>;
}

const codeOf: Readonly<Record<RefusalCode, ProblemCode>> = {
  forbidden: 'forbidden',
  'not-found': 'not-found',
  invalid: 'invalid',
  ineligible: 'ineligible',
  'stale-terms': 'stale-terms',
  'stale-plan': 'stale-plan',
  'wrong-stage': 'wrong-stage',
  'head-pending': 'head-pending',
  quarantined: 'quarantined',
  'idempotency-key-reused': 'idempotency-key-reused',
  'changed-since': 'changed-since',
  'rate-limited': 'rate-limited',
};

const longestWaitSeconds = 3_600;
const retrySoon = { 'retry-after': '5' };
/** A person has to look first. */
const retryLater = { 'retry-after': '60' };
const unreadable =
  'Part of what is recorded here cannot be read. Nothing is changed or left out until an operator has decided.';
const unreadNow = 'What is recorded cannot be read now; send the request again.';
const unrecordedNow = 'Nothing can be recorded now; send the request again.';
const inDoubt =
  'This may be recorded or not. Send the same request with the same Idempotency-Key again; it takes effect once and its answer tells.';

const outages: readonly (readonly [new (...args: never[]) => Error, (error: Error, about: About) => Problem])[] = [
  [
    WrongPosition,
    (error, { formerLogs }) => {
      const { field, position } = error as WrongPosition;
      return positionProblem(field, position, formerLogs);
    },
  ],
  [
    UnknownPosition,
    (error, { reads, formerLogs }) =>
      positionProblem(reads ? 'minPosition' : 'If-Match', (error as UnknownPosition).position, formerLogs),
  ],
  [
    RevisionConflict,
    () => new Problem('conflict', 'Others kept changing the same thing; send the request again.', [], {}, retrySoon),
  ],
  [
    StoreUnavailable,
    (_, { reads }) => new Problem('unavailable', reads ? unreadNow : unrecordedNow, [], {}, retrySoon),
  ],
  [
    ReadModelsUnavailable,
    () => new Problem('unavailable', 'This cannot be looked up now; send the request again.', [], {}, retrySoon),
  ],
  [PoisonError, () => new Problem('unreadable', unreadable, [], {}, retryLater)],
  [OutcomeUnknown, () => new Problem('outcome-unknown', inDoubt, [], {}, retrySoon)],
  [
    IdentityUnavailable,
    () => new Problem('unavailable', 'Tokens cannot be checked now; send the request again.', [], {}, retrySoon),
  ],
  [
    OrganizationUnavailable,
    ({ message }) => new Problem('organization-unavailable', message, [], {}, { 'retry-after': '30' }),
  ],
  [
    SessionUnavailable,
    (error) => {
      const code = (error as SessionUnavailable).of === 'console' ? 'console-unavailable' : 'session-unavailable';
      return new Problem(code, error.message, [], {}, { 'retry-after': '30' });
    },
  ],
];

/** The problem to answer with; an error nobody foresaw becomes `internal`, with nothing of it in the answer. */
export function problemOf(error: unknown, about: About): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Refusal) return refusalProblem(error, about);
  if (error instanceof HttpException) return routingProblem(error, about.methods());
  for (const [kind, problem] of outages) if (error instanceof kind) return problem(error, about);
  return new Problem('internal', 'This is a fault of the service. Quote the traceId when you report it.');
}

/** An organization that may not have an account: every reason, and whom to ask. */
export function ineligible(reasons: readonly RefusalReason[], contact: string, more: object = {}): Problem {
  const words = reasons.map(refusalText);
  const errors = reasons.map((reason) => ({
    field: reason === 'no-office-in-territory' ? 'territory' : 'organization',
    problem: refusalText(reason),
  }));
  const details = { ...more, reasons: reasons.map((reason) => ({ reason, words: refusalText(reason) })), contact };
  return new Problem('ineligible', `${words.join(' ')} Please ask ${contact}.`, errors, details);
}

function refusalProblem({ code, words, fields, details }: Refusal, { contact, subject }: About): Problem {
  if (code === 'ineligible') return ineligible((details.reasons ?? []) as readonly RefusalReason[], contact);
  const errors: readonly WrongField[] = fields.length > 0 ? fields : [{ field: subject, problem: words }];
  return new Problem(
    codeOf[code],
    words,
    errors,
    details,
    code === 'rate-limited' || code === 'head-pending' ? waitOf(details) : {},
  );
}

function waitOf({ retryAfterSeconds, limit }: Refusal['details']): Readonly<Record<string, string>> {
  const seconds = typeof retryAfterSeconds === 'number' ? retryAfterSeconds : longestWaitSeconds;
  return typeof limit === 'number' ? waitHeaders(limit, seconds) : { 'retry-after': String(seconds) };
}
