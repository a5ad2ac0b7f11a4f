/** What an error of the client says about the call: whether the server refused it, never had it, or may have done it. */
import { errorText } from '../../../application/error-text.js';

/** A call was not answered in time; the server may have done what it was asked. */
export class TimedOut extends Error {}

export type FailureKind = 'conflict' | 'refused' | 'missing' | 'unsent' | 'in-doubt';

/** The client's own names for the errors that say for certain what became of a call. */
const certain: Readonly<Record<string, FailureKind>> = {
  'wrong-expected-version': 'conflict',
  'maximum-append-size-exceeded': 'refused',
  'access-denied': 'refused',
  'stream-deleted': 'refused',
  'invalid-argument': 'refused',
  'stream-not-found': 'missing',
  'not-leader': 'unsent',
};

interface ClientError {
  readonly type?: unknown;
  readonly code?: unknown;
  readonly actualVersion?: unknown;
}

const membersOf = (error: unknown): ClientError => (typeof error === 'object' && error !== null ? error : {});

/** The status code of gRPC for no connection. */
const unavailable = 14;
/** The status code of gRPC for a user that is not known, or not by this password. */
const unauthenticated = 16;
/** The status code of gRPC for an argument that makes no sense. */
const invalidArgument = 3;

/**
 * An error without a type was thrown before anything was sent: by the question what the server can do, or by the search for a
 * leader. Every other error that is not certain leaves open what became of the call.
 */
export function failureKind(error: unknown): FailureKind {
  if (isOfCertificates(error)) return 'refused';
  const { type, code } = membersOf(error);
  if (typeof type === 'string') return certain[type] ?? 'in-doubt';
  const unsent = code === unavailable || errorText(error).startsWith('Failed to discover');
  return unsent ? 'unsent' : 'in-doubt';
}

/** Whether the server said that it has no event at the place to begin after. */
export const isNoPlace = (error: unknown): boolean =>
  membersOf(error).code === invalidArgument && /invalid position/i.test(errorText(error));

/** Whether no time will mend it: the other side is not who the certificates say. */
export const isOfCertificates = (error: unknown): boolean => /certificate|self.signed|altname/i.test(errorText(error));

/** Whether the server does not know the user, or not by this password; what a user may not do it says otherwise. */
export const isOfUser = (error: unknown): boolean => membersOf(error).code === unauthenticated;

/** The last revision of the stream that a conflict tells, -1 for a stream that is not there. */
export function actualRevision(error: unknown): number {
  const { actualVersion } = membersOf(error);
  return typeof actualVersion === 'bigint' ? Number(actualVersion) : -1;
}

/** Many errors of the client have no words; their type is told then. */
export function failureWords(error: unknown): string {
  const { type } = membersOf(error);
  return errorText(error) || (typeof type === 'string' ? type : 'an error without words');
}
