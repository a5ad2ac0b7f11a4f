/** The known ways in which a principal of AWS comes to more than it has, each as the calls it needs and whom it leads to. */
import { everything, guardrails, iam, people, type Who } from './account.js';
import { isAllowed, type Named, type Principal } from './evaluate.js';

/** A way: it works when every call of it is allowed. */
export interface Primitive {
  readonly name: string;
  readonly needs: (from: Principal) => readonly (readonly [action: string, resource: string])[];
  readonly leadsTo: (from: Principal) => readonly Principal[];
}

const made = (resource: string): Principal => ({ arn: iam(resource), identity: [everything] });
const freed = ({ arn }: Principal): readonly Principal[] => [{ arn, identity: [everything] }];

/** The roles that guardrails leave alone, and the others of the reseller. */
const exempt: readonly Who[] = ['wayIn', 'automation', 'analytics', 'operations'];
const borrowed: readonly Who[] = [...exempt, 'manager', 'controls', 'console'];
const nameOf = (who: Who): string => people[who].arn.split(':').at(-1) ?? '';

const one = (name: string, action: string, resource: (from: Principal) => string, leadsTo: Primitive['leadsTo']) => ({
  name,
  needs: (from: Principal) => [[action, resource(from)] as const],
  leadsTo,
});
const self = ({ arn }: Principal): string => arn;
const group = () => iam('group/CTLAdministrators');
const customerPolicy = () => iam('policy/CTLCustomerPolicy');

/** What frees a user or role from the policies that it carries. */
const freeing: readonly Primitive[] = [
  one('attach to oneself', 'iam:AttachUserPolicy', self, freed),
  one('write a policy for oneself', 'iam:PutUserPolicy', self, freed),
  one('leave the group', 'iam:RemoveUserFromGroup', group, freed),
  one('take the group its policy', 'iam:DetachGroupPolicy', group, freed),
  one('give the group another policy', 'iam:AttachGroupPolicy', group, freed),
  one('write a policy for the group', 'iam:PutGroupPolicy', group, freed),
  one('rewrite the customer policy', 'iam:CreatePolicyVersion', customerPolicy, freed),
  one('choose an older customer policy', 'iam:SetDefaultPolicyVersion', customerPolicy, freed),
  one('attach to one`s role', 'iam:AttachRolePolicy', self, freed),
  one('write a policy for one`s role', 'iam:PutRolePolicy', self, freed),
  one('take one`s role its denials', 'iam:DetachRolePolicy', self, freed),
  one('take off the boundary of a user', 'iam:DeleteUserPermissionsBoundary', self, freed),
  one('take off the boundary of a role', 'iam:DeleteRolePermissionsBoundary', self, freed),
  one('rename oneself out of the policies', 'iam:UpdateUser', self, freed),
];

/** What makes a principal beside one`s own. */
const making: readonly Primitive[] = [
  {
    name: 'make a user with keys',
    needs: () => [
      ['iam:CreateUser', iam('user/made')],
      ['iam:AttachUserPolicy', iam('user/made')],
      ['iam:CreateAccessKey', iam('user/made')],
    ],
    leadsTo: () => [made('user/made')],
  },
  {
    name: 'make a role that trusts the account',
    needs: () => [
      ['iam:CreateRole', iam('role/made')],
      ['iam:AttachRolePolicy', iam('role/made')],
      ['sts:AssumeRole', iam('role/made')],
    ],
    leadsTo: () => [made('role/made')],
  },
  {
    name: 'make a copy of an exempt name on a path',
    needs: () => [
      ['iam:CreateRole', iam('role/team/CTLDeveloperRole')],
      ['sts:AssumeRole', iam('role/team/CTLDeveloperRole')],
    ],
    leadsTo: () => [people.imitator],
  },
  {
    name: 'federate by a provider of one`s own',
    needs: () => [
      ['iam:CreateSAMLProvider', iam('saml-provider/own')],
      ['iam:CreateRole', iam('role/federated')],
    ],
    leadsTo: () => [made('role/federated')],
  },
  {
    name: 'federate by OpenID',
    needs: () => [
      ['iam:CreateOpenIDConnectProvider', iam('oidc-provider/own')],
      ['iam:CreateRole', iam('role/web')],
    ],
    leadsTo: () => [made('role/web')],
  },
  one(
    'keys of a machine user',
    'iam:CreateAccessKey',
    () => iam('user/machine'),
    () => [people.machine],
  ),
  one(
    'a password for a machine user',
    'iam:UpdateLoginProfile',
    () => iam('user/machine'),
    () => [people.machine],
  ),
  one(
    'the trust of a role of one`s own',
    'iam:UpdateAssumeRolePolicy',
    () => iam('role/theirs'),
    () => [people.theirs],
  ),
  one(
    'code of a function that has a role',
    'lambda:UpdateFunctionCode',
    () => '*',
    () => [people.theirs],
  ),
  one(
    'a command on a machine that has a role',
    'ssm:SendCommand',
    () => '*',
    () => [people.theirs],
  ),
];

/** What borrows a role of the reseller, for each of them. */
const borrowing: readonly Primitive[] = borrowed.flatMap((who) => {
  const role = () => people[who].arn;
  const it = () => [people[who]];
  const passed = (service: string, action: string): Primitive => ({
    name: `${nameOf(who)} for ${service}`,
    needs: () => [
      ['iam:PassRole', role()],
      [action, '*'],
    ],
    leadsTo: it,
  });
  return [
    one(`assume ${nameOf(who)}`, 'sts:AssumeRole', role, it),
    one(`the trust of ${nameOf(who)}`, 'iam:UpdateAssumeRolePolicy', role, it),
    {
      name: `make ${nameOf(who)} anew`,
      needs: () => [
        ['iam:DeleteRole', role()],
        ['iam:CreateRole', role()],
      ],
      leadsTo: it,
    },
    one(`take the name of ${nameOf(who)}`, 'iam:CreateRole', role, it),
    passed('a function', 'lambda:CreateFunction'),
    passed('a machine', 'ec2:RunInstances'),
    passed('a running machine', 'ec2:AssociateIamInstanceProfile'),
    passed('a stack', 'cloudformation:CreateStack'),
    passed('a job of Glue', 'glue:CreateJob'),
    passed('a notebook', 'sagemaker:CreateNotebookInstance'),
    passed('a build', 'codebuild:CreateProject'),
    passed('a pipeline', 'datapipeline:CreatePipeline'),
    passed('a container', 'ecs:RunTask'),
    passed('a state machine', 'states:CreateStateMachine'),
    passed('a certificate', 'rolesanywhere:CreateProfile'),
  ];
});

export const primitives: readonly Primitive[] = [...freeing, ...making, ...borrowing];

/** A principal with the ways that led to it. */
export interface Reached {
  readonly principal: Principal;
  readonly path: readonly string[];
}

const keyOf = ({ arn, identity }: Principal): string => `${arn} ${identity.map(({ name }) => name).join()}`;

/** Everybody whom these come to in so many steps at most, under these guardrails. */
export function closure(
  from: readonly Principal[],
  depth: number,
  above: readonly Named[] = guardrails,
): readonly Reached[] {
  const found = new Map(from.map((principal): [string, Reached] => [keyOf(principal), { principal, path: [] }]));
  let edge = [...found.values()];
  for (let step = 0; step < depth && edge.length > 0; step++) {
    const next: Reached[] = [];
    for (const { principal, path } of edge)
      for (const { name, needs, leadsTo } of primitives) {
        const others = leadsTo(principal).filter((other) => !found.has(keyOf(other)));
        if (others.length === 0) continue;
        if (!needs(principal).every(([action, resource]) => isAllowed(principal, { action, resource }, above)))
          continue;
        for (const other of others) {
          const reached = { principal: other, path: [...path, name] };
          found.set(keyOf(other), reached);
          next.push(reached);
        }
      }
    edge = next;
  }
  return [...found.values()];
}
