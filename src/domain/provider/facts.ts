/** What the events of a provider carry, in parts that the stages hold as well. */

/** How the account comes to us; `existing` and `migrated` are offered once their flows are built. */
export type Origin = 'new';

/** One accepted document: whose terms, for which territory, which version, and the SHA-256 of its text in hex. */
export interface AcceptedDocument {
  readonly party: 'reseller' | 'aws';
  readonly territory: string;
  readonly version: string;
  readonly digest: string;
}

/** The role that an account offers us, and the external id where the account's owner demands one. */
export interface RoleOffered {
  readonly roleArn: string;
  readonly externalId?: string;
}

/** What support needs to see of the call that failed; never a secret. */
export interface FailedCall {
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
