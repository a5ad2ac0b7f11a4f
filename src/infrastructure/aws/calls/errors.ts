/** What an error from AWS means, decided by its name and HTTP status: SDK classes do not tell reliably. */
import { neverSent, noConnection } from './connection-failures.js';
import { type ErrorKind, kindOfCode } from './error-kinds.js';
import { type ErrorMembers, readError } from './read-error.js';

export type { ErrorKind } from './error-kinds.js';

export interface Classified {
  readonly kind: ErrorKind;
  /** AWS's name of the error without a trailing `Exception`. */
  readonly code: string;
  /** The finer reason that Organizations gives with some errors. */
  readonly reason?: string;
  readonly requestId?: string;
  /** For a refusal: the denied action where AWS names it, such as `sts:AssumeRole`. */
  readonly operation?: string;
}

/** A role or user made a moment ago is not yet a principal to other services. Source: aws-facts §3.3 (known practice). */
const unknownPrincipal = /invalid principal/i;
const youngWords = /needs a subscription for the service|is not activated in this region/i;
const deniedAction = /not authorized to perform: ([\w-]+:\w+)/;

/** What an error thrown by an SDK client means for whoever made the call. */
export function classify(error: unknown): Classified {
  const members = readError(error);
  const { name, reason, message, requestId } = members;
  const operation = deniedAction.exec(message)?.[1];
  return {
    kind: kindOf(error, members),
    code: name,
    ...(reason ? { reason } : {}),
    ...(requestId ? { requestId } : {}),
    ...(operation ? { operation } : {}),
  };
}

function kindOf(error: unknown, { name, code, message, status, sent }: ErrorMembers): ErrorKind {
  const explained = kindOfCode.get(name);
  if (explained && explainedKinds.has(explained)) return explained;
  if (youngWords.test(message)) return 'young-account';
  if (name === 'MalformedPolicyDocument' && unknownPrincipal.test(message)) return 'race';
  if (noConnection(error)) return 'unreachable';
  const known = kindOfCode.get(code) ?? explained;
  if (known) return known;
  if (status === 429) return 'throttled';
  if (status === undefined) return sent ? 'timeout' : 'other';
  return status >= 500 ? 'unavailable' : 'other';
}

/** Kinds of errors that were looked into already: the words of AWS in them say nothing more. */
const explainedKinds: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'own-credentials',
  'set-up',
  'not-served',
  'closed',
  'suspended',
]);

/**
 * Whether an account that is minutes old may answer so and recover by itself, a denial included.
 * Only to be asked while the account is made ready: later a denial is a denial. Source: aws-facts §2.1.
 */
export const youngAccount = (error: unknown): boolean => ['young-account', 'denied'].includes(classify(error).kind);

/** Whether AWS may have acted although it seemed to fail: not where a refusal was read, or nothing was signed or sent. */
export function outcomeUnknown(error: unknown): boolean {
  const { status } = readError(error);
  if (classify(error).kind === 'own-credentials' || neverSent(error)) return false;
  return status === undefined || status < 400 || status >= 500;
}

/** Whether a call did what it says; `false` when it met the one error (by code) that is expected; others are thrown. */
export async function succeeds(call: Promise<unknown>, expected: string): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (classify(error).code === expected) return false;
    throw error;
  }
}
