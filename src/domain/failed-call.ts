/** What support needs to see of the call that failed; never a secret. */
export interface FailedCall {
  /** AWS's name of the service, such as `IAM`. */
  readonly service?: string;
  /** Where the service has regions. */
  readonly region?: string;
  readonly operation: string;
  readonly requestId: string;
  readonly error: string;
  readonly body: string;
}
