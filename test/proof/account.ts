/** The account of the proof: who there is in it, which policies each carries, and what AWS's own say. */
import { readFileSync } from 'node:fs';
import { desiredState } from '../../src/domain/baseline/desired-state.js';
import type { DesiredObject } from '../../src/domain/baseline/objects.js';
import type { PolicyDocument } from '../../src/domain/baseline/policy-document.js';
import type { BaselineSettings } from '../../src/domain/baseline/settings.js';
import { guardrails as guardrailsOf } from '../../src/domain/guardrails/service-control-policies.js';
import { baselineSteps } from '../../src/domain/provider/steps.js';
import { baselineDigest } from '../../src/infrastructure/aws/baseline/digests.js';
import type { Named, Principal } from './evaluate.js';

export const accountId = '123456789012';

export const settings: BaselineSettings = {
  prefix: 'CTL',
  resellerName: 'CenturyLink',
  accountId,
  automationRoleArn: 'arn:aws:iam::210987654321:role/PartnerCloudAutomation',
  payerRoleArn: 'arn:aws:iam::111122223333:role/PartnerCloudVending',
  defaultRole: { trusts: 'named-roles', breakGlassRole: 'BreakGlass' },
  homeRegion: 'us-east-1',
  regions: ['us-east-1'],
};

export const digest = baselineDigest(settings);
export const objects: readonly DesiredObject[] = baselineSteps.flatMap((step) => desiredState(step, settings));

export const iam = (resource: string): string => `arn:aws:iam::${accountId}:${resource}`;

/** The texts of policies that AWS keeps, as AWS published them; the file says when they were read. */
const kept: Readonly<Record<string, { readonly document: PolicyDocument }>> = JSON.parse(
  readFileSync('test/proof/fixtures/aws-managed-policies.json', 'utf8'),
).policies;

/** The customer-managed policies of the baseline. */
export const ownPolicies: readonly Named[] = objects.flatMap((object) =>
  object.kind === 'managed-policy' ? [{ name: object.name, document: object.members.document }] : [],
);

/** The service control policies over the account. */
export const guardrails: readonly Named[] = guardrailsOf(settings).map(({ name, content }) => ({
  name,
  document: JSON.parse(content),
}));

/** The policies that a role, user or group of the baseline carries; throws for a text that nobody has. */
function carriedBy(name: string): readonly Named[] {
  const holder = objects.find((object) => object.name === name && 'policies' in object.members);
  if (!holder || !('policies' in holder.members))
    throw new Error(`${name}: the baseline has no such holder of policies`);
  return holder.members.policies.map(policyOf);
}

function policyOf(arn: string): Named {
  const name = arn.split('/').at(-1) ?? '';
  const own = ownPolicies.find((policy) => policy.name === name);
  if (own) return own;
  const document = kept[name]?.document;
  if (!document) throw new Error(`${arn}: its text is neither in the baseline nor among those that AWS published`);
  return { name, document };
}

/** What an administrator of the account can give anybody. */
export const everything = policyOf('arn:aws:iam::aws:policy/AdministratorAccess');

const user = (name: string): Principal => ({ arn: iam(`user/${name}`), identity: carriedBy('CTLAdministrators') });

/** The user that is handed over, as the baseline makes it: with its own policies, and those of the groups that it is put into. */
function handedOver(): Principal {
  const name = objects.find(({ kind }) => kind === 'handed-over-user')?.name ?? '';
  const groups = objects.flatMap((object) =>
    object.kind === 'group-membership' && object.members.user === name ? [object.name] : [],
  );
  return { arn: iam(`user/${name}`), identity: [name, ...groups].flatMap(carriedBy) };
}
const role = (name: string, identity = carriedBy(name)): Principal => ({ arn: iam(`role/${name}`), identity });

export const people = {
  /** The user that is handed over. */
  administrator: handedOver(),
  /** A colleague in the same group. */
  bob: user('bob'),
  /** The console's role for administrators, and the one to look around. */
  console: role('CTLIntegrationAdminRole'),
  reader: role('CTLIntegrationReadOnlyRole'),
  /** A program in a group of the customer's own, which carries the customer policy and the one without support, with a key. */
  program: {
    arn: iam('user/program'),
    identity: ['CTLCustomerPolicy', 'CTLCustNoSupportPolicy'].map((name) => policyOf(iam(`policy/${name}`))),
  },
  /** What a customer makes beside them: AdministratorAccess and nothing else. */
  machine: { arn: iam('user/machine'), identity: [everything] },
  theirs: role('theirs', [everything]),
  imitator: { arn: iam('role/team/CTLDeveloperRole'), identity: [everything] },
  root: { arn: iam('root'), identity: [everything] },
  /** The reseller's. */
  automation: role('CTLDeveloperRole'),
  wayIn: role('OrganizationAccountAccessRole', [everything]),
  operations: role('CTLOperationsRole'),
  analytics: role('CTLCloudOptimization'),
  manager: role('CTLApplicationManagerRole'),
  controls: role('CTLAccountControlsLambdaRole'),
  services: role('CTLServiceManagmentRole'),
} satisfies Readonly<Record<string, Principal>>;

export type Who = keyof typeof people;
