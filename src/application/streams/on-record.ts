/** What the answer to a command says of the fact behind it: where it is, and its hash, which a witness can keep. */
import type { Position } from '../ports/event-store.js';

export interface OnRecord {
  readonly position: Position | undefined;
  /** In hex; `undefined` with the position, when nothing is recorded. */
  readonly hash: string | undefined;
}

export const onRecord = ({ position, hash }: OnRecord): OnRecord => ({ position, hash });
