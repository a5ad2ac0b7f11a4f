/** Where a log lies, for whoever reads it as it is stored. */
import type { LogOnServer as Server } from '../../infrastructure/event-store/eventstoredb/log-scan.js';

export interface LogOnServer extends Server {
  /** The file of the audit's tree, if there is one: it says where a head begins to differ. */
  readonly tree?: string | undefined;
}

/** A file, or a server; the address may hold a password, and is never shown. */
export type LogPlace = string | LogOnServer;

export interface VerifyOrder {
  readonly log: LogPlace;
  /** A checkpoint's text. */
  readonly head: string | undefined;
  /** Public keys, one of which must have signed the head; without any its signature is not checked. */
  readonly keys: readonly string[];
}
