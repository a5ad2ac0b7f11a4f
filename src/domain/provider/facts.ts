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

/**
 * What a halt, a delay or a refusal answers: the assignment with its request, or the generation of credentials, that was
 * looked at. Absent in what was recorded before this was kept.
 */
export interface Answered {
  readonly payerId?: string;
  /** The open request, where one was on record. */
  readonly requestId?: string;
  readonly generation?: number;
}
