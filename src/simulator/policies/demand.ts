/** What a call asks permission for: actions on resources, each with the condition keys of its own. */
import type { Call } from '../engine/core.js';
import type { RequestFacts } from './conditions.js';
import type { Statement } from './elements.js';

export interface Demand {
  /** Such as `iam:CreateRole`. */
  readonly action: string;
  /** An ARN, or `*` for an action without a resource. */
  readonly resource: string;
  /** Condition keys beside the global ones; `undefined` ones are absent. */
  readonly context?: Readonly<Record<string, RequestFacts[string] | undefined>>;
  /** Whose the resource is; absent: the caller's own account. */
  readonly resourceAccount?: string;
  /** The policy of the resource, if it has one. */
  readonly resourcePolicy?: { readonly kind: 'bucket' | 'trust'; readonly statements: readonly Statement[] };
}

/**
 * By operation what a call of it asks for; an empty list needs no permission. An operation that is not here asks for the
 * action of its own name on `*`. Source: Service Authorization Reference.
 */
export type Demands = Readonly<Record<string, (call: Call) => readonly Demand[]>>;

/** A member of the input as text; what is no text there is refused later by the operation itself. */
export function member({ input }: Call, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The same kind of demand for several operations, each under the action of its own name. */
export const each = (
  operations: readonly string[],
  demand: (call: Call, operation: string) => readonly Demand[],
): Demands => Object.fromEntries(operations.map((operation) => [operation, (call: Call) => demand(call, operation)]));
