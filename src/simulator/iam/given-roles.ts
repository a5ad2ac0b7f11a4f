/** Roles that nobody created by a call: those of the world at its beginning, and those a new account comes with. */
import type { RoleDocument } from './documents.js';

export interface GivenRole {
  readonly account: string;
  readonly roleName: string;
  readonly roleId: string;
  /** The principal of the trust policy, as in `{ AWS: 'arn:…' }` or `{ Service: '….amazonaws.com' }`. */
  readonly trusts: Readonly<Record<string, string>>;
  /** Under which conditions, as in `{ ArnEquals: { 'aws:PrincipalArn': 'arn:…' } }`. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly actions?: readonly string[];
  readonly path?: string;
  readonly attached?: readonly string[];
  readonly createdAt: number;
  readonly visibleAt: number;
}

const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** The document of a given role: one Allow statement of trust, sessions of an hour, AdministratorAccess by default. */
export function givenRole(given: GivenRole): RoleDocument {
  const { account, roleName, path = '/', trusts, condition, actions = ['sts:AssumeRole'] } = given;
  const Action = actions.length === 1 ? actions[0] : actions;
  const statement = { Effect: 'Allow', Principal: trusts, Action, ...(condition && { Condition: condition }) };
  return {
    roleName,
    roleId: given.roleId,
    trust: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    path,
    arn: `arn:aws:iam::${account}:role${path}${roleName}`,
    description: '',
    maxSessionSeconds: 3600,
    attached: given.attached ?? [administratorAccess],
    inline: {},
    tags: [],
    createdAt: given.createdAt,
    visibleAt: given.visibleAt,
  };
}
