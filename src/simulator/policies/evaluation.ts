/** What the statements of policies say about a request: a denial wins over an allowance, and silence is neither. */
import { conditionsHold, type KnownFacts, knownFacts, type RequestFacts, variablesOf } from './conditions.js';
import type { Statement } from './elements.js';
import { arnParts, isResolved, matches, matchesFilled, type Variables } from './patterns.js';

export interface AccessRequest {
  /** Such as `s3:PutObject`. */
  readonly action: string;
  /** An ARN, or `*` for an action that has no resource. */
  readonly resource: string;
  readonly context: RequestFacts;
}

/** A request made ready to be held against many statements. */
export interface ReadyRequest {
  readonly action: string;
  readonly resource: string;
  readonly facts: KnownFacts;
}

export const ready = ({ action, resource, context }: AccessRequest): ReadyRequest => ({
  action: action.toLowerCase(),
  resource,
  facts: knownFacts(context),
});

export type Verdict = 'allowed' | 'denied' | 'silent';

/**
 * The verdict of all statements together, whatever principals they name.
 * Source: IAM User Guide, Policy evaluation logic.
 */
export function verdictOf(statements: readonly Statement[], request: AccessRequest): Verdict {
  const asked = ready(request);
  const applying = statements.filter((statement) => applies(statement, asked));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return applying.length > 0 ? 'allowed' : 'silent';
}

/** Whether a statement speaks of this action on this resource, and its conditions hold. Principals are not looked at. */
export function applies(statement: Statement, { action, resource, facts }: ReadyRequest): boolean {
  const variables = variablesOf(facts, statement.usesVariables);
  return (
    covers(statement.Action, statement.NotAction, (pattern) => matches(pattern.toLowerCase(), action)) &&
    covers(statement.Resource, statement.NotResource, (pattern) => isOf(pattern, resource, variables)) &&
    // A statement that excepts resources by a variable without a value speaks of none.
    (statement.NotResource ?? []).every((pattern) => isResolved(pattern, variables)) &&
    conditionsHold(statement.Condition, facts, variables)
  );
}

function covers(
  positive: readonly string[] | undefined,
  negative: readonly string[] | undefined,
  test: (pattern: string) => boolean,
): boolean {
  if (positive) return positive.some(test);
  return negative === undefined || !negative.some(test);
}

/** A wildcard does not cross the colons of an ARN before its last part. Source: IAM User Guide, Resource element. */
function isOf(pattern: string, resource: string, variables: Variables): boolean {
  if (pattern === '*' || pattern === resource) return true;
  if (resource === '*') return false;
  const [wanted, parts] = [arnParts(pattern, '*'), arnParts(resource)];
  return wanted.every((part, index) => matchesFilled(part, parts[index] ?? '', variables));
}
