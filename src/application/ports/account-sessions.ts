/** Ways into a customer's account for people. Whatever opens one is handed out once and never stored. */
import type { SessionRole } from '../../domain/access.js';

export interface SessionRequest {
  readonly accountId: string;
  readonly role: SessionRole;
  /** Opaque id of the person, seen by the account's owner in CloudTrail as session name and source identity. */
  readonly person: string;
}

/** AWS's one-time sign-in URL, good for 15 minutes. */
export interface ConsoleSession {
  readonly url: string;
  readonly goodForSeconds: number;
}

/** Short-lived keys, good until `expiresAt` (ISO), which is at most an hour away. */
export interface SessionKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: string;
}

/** Each throws {@link SessionUnavailable} with words for the caller when AWS cannot or will not. */
export interface AccountSessions {
  openConsole(request: SessionRequest): Promise<ConsoleSession>;
  openCommandLine(request: SessionRequest): Promise<SessionKeys>;
}

/** AWS opens no session now, in the console or for the command line. */
export class SessionUnavailable extends Error {
  constructor(
    readonly of: 'console' | 'command-line',
    words: string,
  ) {
    super(words);
  }
}
