/** An error that stands for one of AWS, whose name alone does not say what it means where it was met. */
import { classify } from './errors.js';
import { readError } from './read-error.js';
import { standsFor } from './watched-calls.js';

export type Explanation =
  | 'OwnCredentialsRefused'
  | 'SetUpRefused'
  | 'AccountNotServed'
  | 'AccountClosed'
  | 'AccountSuspended';

/** Keeps AWS's status, request id and words; `finding` says what was found out besides. */
class ExplainedError extends Error {
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };

  constructor(
    override readonly name: Explanation,
    finding: string,
    cause: unknown,
    readonly accountState: string | undefined,
  ) {
    const { message, status, requestId } = readError(cause);
    super(`${finding}${classify(cause).code}: ${message}`, { cause });
    this.$metadata = {
      ...(status === undefined ? {} : { httpStatusCode: status }),
      ...(requestId === undefined ? {} : { requestId }),
    };
  }
}

/** AWS's word for the state of the account that has ended the call; `undefined` where it was no account's end. */
export const endedBy = (error: unknown): string | undefined =>
  error instanceof ExplainedError ? error.accountState : undefined;

/** What AWS itself answered, where the error stands for it. */
export const saidByAws = (error: unknown): unknown => (error instanceof ExplainedError ? error.cause : error);

/** The error under its new name, of the same call. */
export const explained = (name: Explanation, error: unknown, finding = '', accountState?: string): Error =>
  standsFor(new ExplainedError(name, finding, error, accountState), error);
