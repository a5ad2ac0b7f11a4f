/** What support needs to see of the call that failed; never a secret. */
export interface FailedCall {
  readonly operation: string;
  readonly requestId: string;
  readonly error: string;
  readonly body: string;
}
