/** What the policy of a resource says on its own, and the unique ids of the principals that it names. */
import type { Statement } from './elements.js';
import { type AccessRequest, applies, ready } from './evaluation.js';
import { principalMatch, type RequestPrincipal } from './principals.js';

/** Whether the policy lets a principal in, however closely it means it; a denial wins. */
export function resourceAllows(
  statements: readonly Statement[],
  principal: RequestPrincipal,
  request: AccessRequest,
): boolean {
  const asked = ready(request);
  const meant = statements.filter((statement) => principalMatch(statement, principal) !== 'none');
  const effects = meant.filter((statement) => applies(statement, asked)).map(({ Effect }) => Effect);
  return effects.length > 0 && !effects.includes('Deny');
}

/** Unique ids of roles and users by the ARNs under which a policy named them when it was written. */
export type PrincipalIds = Readonly<Record<string, string>>;

/** Every name of an AWS principal in these statements. */
export const awsPrincipals = (statements: readonly Statement[]): readonly string[] =>
  statements.flatMap(({ Principal, NotPrincipal }) => [...(Principal?.AWS ?? []), ...(NotPrincipal?.AWS ?? [])]);

/** The ids of those principals that are roles or users now; AWS keeps these in place of the ARNs. */
export function idsOf(statements: readonly Statement[], idOf: (arn: string) => string | undefined): PrincipalIds {
  const entries = awsPrincipals(statements).flatMap((arn) => {
    const id = idOf(arn);
    return id === undefined ? [] : [[arn, id] as const];
  });
  return Object.fromEntries(entries);
}

/** The statements as they are evaluated: a role that was deleted and made again is not the one that was named. */
export const withIds = (statements: readonly Statement[], ids: PrincipalIds = {}): readonly Statement[] =>
  statements.map((statement) => ({
    ...statement,
    Principal: identified(statement.Principal, ids),
    NotPrincipal: identified(statement.NotPrincipal, ids),
  }));

function identified(named: Statement['Principal'], ids: PrincipalIds): Statement['Principal'] {
  return named?.AWS ? { ...named, AWS: named.AWS.map((name) => ids[name] ?? name) } : named;
}

/**
 * The text as AWS shows it: as it was written while all principals are there, and with the ids of those that are gone.
 * Source: IAM User Guide, AWS JSON policy elements: Principal, IAM roles and users.
 */
export function shownText(text: string, ids: PrincipalIds = {}, idOf: (arn: string) => string | undefined): string {
  const gone = Object.fromEntries(Object.entries(ids).filter(([arn, id]) => idOf(arn) !== id));
  if (Object.keys(gone).length === 0) return text;
  const { Statement: sent, ...rest }: { Statement: unknown } = JSON.parse(text);
  return JSON.stringify({ ...rest, Statement: [sent].flat().map((statement) => replaced(statement, gone)) });
}

function replaced(statement: unknown, gone: PrincipalIds): unknown {
  const swap = (name: unknown): unknown => (typeof name === 'string' ? (gone[name] ?? name) : name);
  const entries = Object.entries(Object(statement)).map(([element, value]) => {
    if (!/^(Not)?Principal$/.test(element) || typeof value !== 'object' || value === null || !('AWS' in value)) {
      return [element, value];
    }
    const AWS = Array.isArray(value.AWS) ? value.AWS.map(swap) : swap(value.AWS);
    return [element, { ...value, AWS }];
  });
  return Object.fromEntries(entries);
}
