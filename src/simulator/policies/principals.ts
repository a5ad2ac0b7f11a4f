/** Who asks, and how closely a policy's Principal element means them. */
import type { Statement } from './elements.js';

/** Who signed a request, or the AWS service that acts in its own name. */
export type RequestPrincipal =
  | { readonly type: 'service'; readonly service: string }
  | {
      readonly type: 'user' | 'role-session' | 'root';
      readonly account: string;
      /** Of the user, of the session, or of the root user. */
      readonly arn: string;
      /** Of the role; for others the same as `arn`. */
      readonly roleArn: string;
      /** `AIDA…` of the user or `AROA…` of the role, by which policies keep whom they name. */
      readonly uniqueId: string;
    };

/** `self` names the very user or session, `role` its role, `account` everybody in its account. */
export type PrincipalMatch = 'none' | 'account' | 'role' | 'self';

type Named = Readonly<Record<string, readonly string[]>>;

/**
 * How a statement of a resource's policy means a principal. With NotPrincipal an account in the list excepts its root
 * user alone. Source: IAM User Guide, AWS JSON policy elements: Principal, NotPrincipal.
 */
export function principalMatch({ Principal, NotPrincipal }: Statement, principal: RequestPrincipal): PrincipalMatch {
  if (Principal) return among(Principal, principal);
  if (!NotPrincipal) return 'none';
  const excepted = among(NotPrincipal, principal);
  const isExcepted = excepted === 'account' ? principal.type === 'root' : excepted !== 'none';
  return isExcepted ? 'none' : 'self';
}

function among(named: Named, principal: RequestPrincipal): PrincipalMatch {
  if (principal.type === 'service') {
    const services = named.Service ?? [];
    return services.includes(principal.service) || (named.AWS ?? []).includes('*') ? 'self' : 'none';
  }
  const { account, arn, roleArn, uniqueId, type } = principal;
  const names = named.AWS ?? [];
  const has = (name: string): boolean => names.includes(name);
  if ((type !== 'root' && has(arn)) || (type === 'user' && (has(uniqueId) || has('*')))) return 'self';
  // Everybody is no session in particular, so that what limits the role limits this grant too.
  if (type === 'role-session' && (has(roleArn) || has(uniqueId) || has('*'))) return 'role';
  return has('*') || has(account) || has(`arn:aws:iam::${account}:root`) ? 'account' : 'none';
}
