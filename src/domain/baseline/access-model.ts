/** Who may do what in a hardened account: the policies, the roles that carry them, the administrators' group and its first member. */
import { customerPolicy } from './customer-policy.js';
import { forceMfaPolicy } from './force-mfa-policy.js';
import { handedOverUser } from './handed-over-user.js';
import {
  administratorsGroup,
  customerOverrideName,
  customerPolicyName,
  forceMfaPolicyName,
  noSupportPolicyName,
  operationsOverrideName,
} from './names.js';
import { type Desired, type DesiredObject, ours } from './objects.js';
import { optimizationPolicy } from './optimization-policy.js';
import type { PolicyDocument } from './policy-document.js';
import {
  accountControlsPolicy,
  applicationManagerPolicy,
  emptyOverridePolicy,
  noSupportPolicy,
  operationsPolicy,
  serviceManagementPolicy,
} from './reseller-policies.js';
import { accessRoles } from './roles.js';
import { type BaselineSettings, managedPolicyArn } from './settings.js';

/** Policies first, then what they are attached to. */
export const accessModel = (settings: BaselineSettings): readonly DesiredObject[] => [
  ...ownPolicies(settings),
  ...overridePolicies(),
  ...accessRoles(settings),
  administrators(settings),
  ...handedOverUser(settings),
];

function ownPolicies(settings: BaselineSettings): readonly Desired<'managed-policy'>[] {
  const { prefix } = settings;
  const rows: readonly (readonly [name: string, document: PolicyDocument, why: string])[] = [
    [customerPolicyName(prefix), customerPolicy(settings), 'Customers use all of AWS but what undoes the hardening.'],
    [noSupportPolicyName(prefix), noSupportPolicy(), 'Support goes through the reseller, who pays for it.'],
    [forceMfaPolicyName(prefix), forceMfaPolicy(settings), 'A password alone opens nothing but its own change.'],
    [`${prefix}CAMPolicy`, applicationManagerPolicy(), 'Deployments and monitoring run without a person.'],
    [`${prefix}OperationsPolicy`, operationsPolicy(), 'Support staff open cases and get machines going again.'],
    [
      `${prefix}AccountControlsLambdaPolicy`,
      accountControlsPolicy(settings),
      'What strays from the rules is put right.',
    ],
    [`${prefix}ServiceManagmentPolicy`, serviceManagementPolicy(), 'Service managers see how the account does.'],
    [`${prefix}CloudOptimizationPolicy`, optimizationPolicy(), 'Cost analytics read shapes and use, never contents.'],
  ];
  return rows.map(([name, document, why]) => ours('managed-policy', name, 'global', { document }, why));
}

/** These belong to the customer and to operations, so whatever they hold is left alone. */
const overridePolicies = (): readonly Desired<'managed-policy'>[] =>
  [
    [customerOverrideName, 'The customer adds to or takes from the application manager here.'] as const,
    [operationsOverrideName, 'Operations add to or take from their own role here.'] as const,
  ].map(([name, why]) => ({
    ...ours('managed-policy', name, 'global', { document: emptyOverridePolicy() }, why),
    contents: 'created-once',
  }));

const administrators = (settings: BaselineSettings): Desired<'group'> =>
  ours(
    'group',
    administratorsGroup(settings.prefix),
    'global',
    {
      policies: [customerPolicyName, noSupportPolicyName, forceMfaPolicyName].map((name) =>
        managedPolicyArn(settings, name(settings.prefix)),
      ),
      inlinePolicies: [],
    },
    "The customer's administrators get their permissions as its members, and none of their own.",
  );
