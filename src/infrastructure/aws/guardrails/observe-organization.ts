/** What a payer's organization has, as far as it concerns guardrails. */
import { type IAMClient, ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListRootsCommand,
  type OrganizationsClient,
  paginateListAWSServiceAccessForOrganization,
  paginateListPolicies,
  paginateListPoliciesForTarget,
} from '@aws-sdk/client-organizations';
import type { Looked } from '../../../application/ports/guardrails.js';
import type { ObservedOrganization } from '../../../domain/guardrails/plan.js';
import { classify } from '../calls/errors.js';

export interface OrganizationClients {
  readonly organizations: OrganizationsClient;
  readonly iam: IAMClient;
}

const policyType = 'SERVICE_CONTROL_POLICY' as const;

/** The service that manages the root access of members. Source: IAM API, EnableOrganizationsRootCredentialsManagement. */
export const rootAccessService = 'iam.amazonaws.com';

/** Source: Organizations API, DescribeOrganization, ListRoots, ListPolicies, ListAWSServiceAccessForOrganization; aws-facts §1.8. */
export async function observeOrganization(
  clients: OrganizationClients,
  { names, units }: Looked,
  abortSignal: AbortSignal,
): Promise<ObservedOrganization> {
  const { organizations } = clients;
  const [{ Organization }, root, rootAccess, own, attached] = await Promise.all([
    organizations.send(new DescribeOrganizationCommand({}), { abortSignal }),
    rootOf(organizations, abortSignal),
    rootAccessOf(clients, abortSignal),
    policiesNamed(organizations, names, abortSignal),
    Promise.all(units.map(async (unit) => [unit, await attachedNames(organizations, unit, abortSignal)] as const)),
  ]);
  return {
    root: root.id,
    allFeatures: Organization?.FeatureSet === 'ALL',
    policyTypeEnabled: root.policyTypeEnabled,
    rootAccess,
    own,
    attached: Object.fromEntries(attached),
  };
}

/** The one root of an organization. Source: Organizations API, ListRoots: policy types are true of a root. */
export async function rootOf(organizations: OrganizationsClient, abortSignal: AbortSignal) {
  const { Roots } = await organizations.send(new ListRootsCommand({}), { abortSignal });
  const { Id: id = '', PolicyTypes = [] } = Roots?.[0] ?? {};
  return { id, policyTypeEnabled: PolicyTypes.some(({ Type, Status }) => Type === policyType && Status === 'ENABLED') };
}

async function rootAccessOf({ organizations, iam }: OrganizationClients, abortSignal: AbortSignal) {
  const trusted = await isTrusted(organizations, abortSignal);
  const features = trusted ? await featuresOf(iam, abortSignal) : [];
  const [credentials, sessions] = ['RootCredentialsManagement', 'RootSessions'].map((name) => features.includes(name));
  return { trusted, credentials: credentials === true, sessions: sessions === true };
}

/** Whether IAM may look into the organization. */
export async function isTrusted(client: OrganizationsClient, abortSignal: AbortSignal): Promise<boolean> {
  for await (const page of paginateListAWSServiceAccessForOrganization({ client }, {}, { abortSignal }))
    if (page.EnabledServicePrincipals?.some(({ ServicePrincipal }) => ServicePrincipal === rootAccessService))
      return true;
  return false;
}

/** What IAM manages for members. Just after the trust was given, it may not know of that yet. Source: IAM API, ListOrganizationsFeatures. */
export async function featuresOf(iam: IAMClient, abortSignal: AbortSignal): Promise<readonly string[]> {
  try {
    return (await iam.send(new ListOrganizationsFeaturesCommand({}), { abortSignal })).EnabledFeatures ?? [];
  } catch (error) {
    if (classify(error).code === 'ServiceAccessNotEnabled') return [];
    throw error;
  }
}

/** The organization's own service control policies of these names, with what they say. */
export async function policiesNamed(
  client: OrganizationsClient,
  names: readonly string[],
  abortSignal: AbortSignal,
): Promise<ObservedOrganization['own']> {
  const found: { readonly id: string; readonly name: string }[] = [];
  for await (const { Policies = [] } of paginateListPolicies({ client }, { Filter: policyType }, { abortSignal }))
    for (const { Id, Name } of Policies) if (Id && Name && names.includes(Name)) found.push({ id: Id, name: Name });
  return Promise.all(
    found.map(async ({ id, name }) => ({ id, name, content: await contentOf(client, id, abortSignal) })),
  );
}

/** The text of a policy. Source: Organizations API, DescribePolicy. */
export async function contentOf(
  client: OrganizationsClient,
  PolicyId: string,
  abortSignal: AbortSignal,
): Promise<string> {
  const { Policy } = await client.send(new DescribePolicyCommand({ PolicyId }), { abortSignal });
  return Policy?.Content ?? '';
}

async function attachedNames(
  client: OrganizationsClient,
  TargetId: string,
  abortSignal: AbortSignal,
): Promise<readonly string[]> {
  const names: string[] = [];
  const input = { TargetId, Filter: policyType };
  for await (const { Policies = [] } of paginateListPoliciesForTarget({ client }, input, { abortSignal }))
    names.push(...Policies.flatMap(({ Name }) => (Name ? [Name] : [])));
  return names;
}
