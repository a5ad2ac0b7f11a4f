/** How the small server misbehaves, as long as a test wants it to. */

export interface Faults {
  /** How many appends are cut off: stored before the connection breaks, or not. */
  cutOff: { readonly times: number; readonly stored: boolean };
  /** Answers nothing while it is set; whoever asked waits until it is over. */
  frozen: boolean;
  /** What comes in is not answered, and not even stored, where it is an append. */
  deafToAppends: boolean;
  /** Where the leader is, when this is none. */
  leaderAt: { readonly address: string; readonly port: number } | undefined;
  /** Whether an ordinary user may read the whole log. */
  readAllDenied: boolean;
  appendsDenied: boolean;
  /** Whether it does not know the user of a reading, or not by this password. */
  userUnknown: boolean;
  /** Whether its checkpoint where a reader has caught up is its word for the end, and no place. */
  checkpointAtEnd: boolean;
  /** What it says of itself; `undefined` for a server that does not know the question. */
  version: string | undefined;
}

export const wellBehaved = (): Faults => ({
  cutOff: { times: 0, stored: false },
  frozen: false,
  deafToAppends: false,
  leaderAt: undefined,
  readAllDenied: false,
  appendsDenied: false,
  userUnknown: false,
  checkpointAtEnd: false,
  version: '24.2.0',
});
