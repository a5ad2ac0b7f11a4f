/** A command refused by the rules: thrown by `decide`, read by the person who sent the command. */

/** One input that was wrong, and what would be right. */
export interface WrongField {
  readonly field: string;
  readonly problem: string;
  readonly allowed?: string;
}

export type RefusalCode =
  | 'forbidden'
  | 'not-found'
  | 'invalid'
  | 'ineligible'
  | 'stale-terms'
  | 'stale-plan'
  | 'wrong-stage'
  | 'head-pending'
  | 'quarantined'
  | 'idempotency-key-reused'
  | 'changed-since'
  | 'rate-limited';

export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    /** A sentence for the person, without any secret. */
    readonly words: string,
    readonly fields: readonly WrongField[] = [],
    /** Further facts for a program, such as what is current; part of the answer as they are. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(words);
  }
}
