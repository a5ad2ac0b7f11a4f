/** Who may do what in a hardened account: the policies, the roles that carry them and the administrators' group. */
import { customerPolicy } from './customer-policy.js';
import { administratorsGroup, customerPolicyName } from './names.js';
import { type Desired, type DesiredObject, ours } from './objects.js';
import { optimizationPolicy } from './optimization-policy.js';
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
];

function ownPolicies(settings: BaselineSettings): readonly Desired<'managed-policy'>[] {
  const { prefix } = settings;
  const documents = {
    [customerPolicyName(prefix)]: customerPolicy(settings),
    [`${prefix}CustNoSupportPolicy`]: noSupportPolicy(),
    [`${prefix}CAMPolicy`]: applicationManagerPolicy(),
    [`${prefix}OperationsPolicy`]: operationsPolicy(),
    [`${prefix}AccountControlsLambdaPolicy`]: accountControlsPolicy(settings),
    [`${prefix}ServiceManagmentPolicy`]: serviceManagementPolicy(),
    [`${prefix}CloudOptimizationPolicy`]: optimizationPolicy(),
  };
  return Object.entries(documents).map(([name, document]) => ours('managed-policy', name, 'global', { document }));
}

/** These belong to the customer and to operations, so whatever they hold is left alone. */
const overridePolicies = (): readonly Desired<'managed-policy'>[] =>
  ['CAMOverridePolicy', 'CAMOpsOverridePolicy'].map((name) => ({
    ...ours('managed-policy', name, 'global', { document: emptyOverridePolicy() }),
    contents: 'created-once',
  }));

const administrators = (settings: BaselineSettings): Desired<'group'> =>
  ours('group', administratorsGroup(settings.prefix), 'global', {
    policies: [managedPolicyArn(settings, customerPolicyName(settings.prefix))],
    inlinePolicies: [],
  });
