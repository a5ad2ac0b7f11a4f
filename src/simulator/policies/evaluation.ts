/** What policies say about a request: a denial wins over an allowance, and silence is neither. */
import { conditionsHold, matches, type RequestFacts } from './conditions.js';
import type { Statement } from './elements.js';

export interface AccessRequest {
  /** Who asks, for the policies of resources; policies of identities name no principal. */
  readonly principal?: { readonly type: 'AWS' | 'Service'; readonly names: readonly string[] };
  /** Such as `s3:PutObject`. */
  readonly action: string;
  readonly resource: string;
  readonly context: RequestFacts;
}

export type Verdict = 'allowed' | 'denied' | 'silent';

/**
 * The verdict of all statements together.
 * Source: IAM User Guide, Policy evaluation logic.
 */
export function verdictOf(statements: readonly Statement[], request: AccessRequest): Verdict {
  const applying = statements.filter((statement) => applies(statement, request));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return applying.length > 0 ? 'allowed' : 'silent';
}

function applies(statement: Statement, request: AccessRequest): boolean {
  return (
    covers(statement.Action, statement.NotAction, (action) =>
      matches(action.toLowerCase(), request.action.toLowerCase()),
    ) &&
    covers(statement.Resource, statement.NotResource, (resource) =>
      matches(filled(resource, request.context), request.resource),
    ) &&
    names(statement, request) &&
    conditionsHold(statement.Condition, request.context)
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

function names({ Principal, NotPrincipal }: Statement, { principal }: AccessRequest): boolean {
  if (!principal) return true;
  const among = (listed: Readonly<Record<string, readonly string[]>>): boolean =>
    (listed.AWS ?? []).includes('*') ||
    (listed[principal.type] ?? []).some((name) => name === '*' || principal.names.includes(name));
  if (Principal) return among(Principal);
  return NotPrincipal !== undefined && !among(NotPrincipal);
}

/** Policy variables such as `${aws:username}` take their value from the request; one without a value matches nothing. */
const filled = (pattern: string, context: RequestFacts): string =>
  pattern.replaceAll(/\$\{([^}]+)\}/g, (variable, key: string) => String(context[key] ?? variable));
