/** What an error from AWS means, decided by its name and HTTP status: SDK classes do not tell reliably. */
import type { FailedCall } from '../../../domain/provider/facts.js';
import { type ErrorKind, kindOfCode } from './error-kinds.js';

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
  const { name, reason, message, requestId } = read(error);
  const operation = deniedAction.exec(message)?.[1];
  return {
    kind: kindOf(read(error)),
    code: name,
    ...(reason ? { reason } : {}),
    ...(requestId ? { requestId } : {}),
    ...(operation ? { operation } : {}),
  };
}

function kindOf({ name, code, message, status, sent }: Read): ErrorKind {
  if (youngWords.test(message)) return 'young-account';
  if (name === 'MalformedPolicyDocument' && unknownPrincipal.test(message)) return 'race';
  const known = kindOfCode.get(code) ?? kindOfCode.get(name);
  if (known) return known;
  if (status === 429) return 'throttled';
  if (status === undefined) return sent ? 'timeout' : 'other';
  return status >= 500 ? 'unavailable' : 'other';
}

/**
 * Whether an account that is minutes old may answer so and recover by itself, a denial included.
 * Only to be asked while the account is made ready: later a denial is a denial. Source: aws-facts §2.1.
 */
export const youngAccount = (error: unknown): boolean => ['young-account', 'denied'].includes(classify(error).kind);

/** Whether AWS may have acted although it seemed to fail: not where a refusal was read, or nothing could be signed. */
export function outcomeUnknown(error: unknown): boolean {
  const { status } = read(error);
  if (classify(error).kind === 'own-credentials') return false;
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

/** The failed call as support needs to see it: operation, request id, error and request, with secrets masked. */
export function failedCall(error: unknown, operation: string, input: object): FailedCall {
  const { name, reason, message, requestId } = read(error);
  const what = reason ? `${name} (${reason})` : name;
  return { operation, requestId: requestId ?? 'none', error: `${what}: ${message}`, body: bodyOf(input) };
}

/** A call that was answered, but not as a step needs it; the answer stands where an error would. */
export const foundBy = (operation: string, answer: string, AccountId: string): FailedCall => ({
  operation,
  requestId: 'none',
  error: answer,
  body: bodyOf({ AccountId }),
});

const secretMembers = new Set(['Password', 'OldPassword', 'NewPassword', 'SecretAccessKey', 'SessionToken']);

/** A request as JSON without its secrets. */
export const bodyOf = (input: object): string =>
  JSON.stringify(input, (key, value) => (secretMembers.has(key) ? '(secret)' : value));

interface Read {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly reason: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** Whether the SDK tried to send the request, so that having no status means having no answer. */
  readonly sent: boolean;
}

/** The members that SDK and socket errors carry, wherever they sit. Shapes and not classes, for these may come twice. */
function read(thrown: unknown): Read {
  const error: Thrown = typeof thrown === 'object' && thrown !== null ? thrown : { message: thrown };
  const inner = typeof error.cause === 'object' && error.cause !== null ? (error.cause as Thrown).code : undefined;
  return {
    name: textOf(error.name, 'Unknown').replace(/(?<=.)Exception$/, ''),
    code: textOf(error.code, textOf(inner, '')),
    message: textOf(error.message, ''),
    reason: typeof error.Reason === 'string' ? error.Reason : undefined,
    status: error.$metadata?.httpStatusCode,
    requestId: error.$metadata?.requestId,
    sent: error.$metadata !== undefined,
  };
}

const textOf = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

interface Thrown {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly Reason?: unknown;
  readonly cause?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}
