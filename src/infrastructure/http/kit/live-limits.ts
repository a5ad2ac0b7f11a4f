/** How much one live connection may take, so that a slow or silent reader cannot fill the memory. */

export interface LiveLimits {
  /** A comment is sent this often, so that proxies and clients notice a dead connection. */
  readonly heartbeatMs: number;
  /** A connection ends at the first heartbeat after this long, or after its token has, and the client comes again. */
  readonly longestMs: number;
  /** What a reader that takes nothing is given for the rest before its ended connection is cut. */
  readonly farewellMs: number;
  /** Facts that may wait while older ones are being replayed. */
  readonly mostWaiting: number;
  /** Bytes that may wait for a slow reader before its connection is cut. */
  readonly mostBytes: number;
  /** Connections open at once. */
  readonly mostOpen: number;
  /** Of them, those of one caller, and of one organization. */
  readonly mostOpenPerCaller: number;
  readonly mostOpenPerOrganization: number;
}

export const liveLimits: LiveLimits = {
  heartbeatMs: 15_000,
  longestMs: 15 * 60_000,
  farewellMs: 10_000,
  mostWaiting: 1_000,
  mostBytes: 1_048_576,
  mostOpen: 2_000,
  mostOpenPerCaller: 20,
  mostOpenPerOrganization: 200,
};
