/** A way into the AWS console: AWS's one-time sign-in URL, good for 15 minutes, handed out once and never stored. */
import type { ConsoleRole } from '../../domain/access.js';

export interface ConsoleSessionRequest {
  readonly accountId: string;
  readonly role: ConsoleRole;
  /** Opaque id of the person, seen by the account's owner in CloudTrail as session name and source identity. */
  readonly person: string;
}

export interface ConsoleSessions {
  /** Throws {@link ConsoleUnavailable} with words for the caller when AWS cannot or will not. */
  open(request: ConsoleSessionRequest): Promise<{ readonly url: string; readonly goodForSeconds: number }>;
}

export class ConsoleUnavailable extends Error {}
