/** The guardrails that bind an account: those attached to it and to everything above it, up to the root. */
import {
  ListParentsCommand,
  type OrganizationsClient,
  paginateListPoliciesForTarget,
} from '@aws-sdk/client-organizations';

/** AWS allows five levels of units below the root; a walk that goes on beyond them has met something else. */
const mostLevels = 10;

/** The one parent of an account or unit; `undefined` where AWS names none. Source: Organizations API, ListParents. */
export async function parentOf(
  client: OrganizationsClient,
  ChildId: string,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  const { Parents } = await client.send(new ListParentsCommand({ ChildId }), { abortSignal });
  return Parents?.[0]?.Id;
}

/**
 * Names of the service control policies in force over an account, sorted, each once. AWS names those that are attached right
 * to a target and no inherited ones, so every place above is asked, from the unit that the account was moved into: for a while
 * after a move AWS still names the former parent. Source: Organizations API, ListPoliciesForTarget, ListParents; aws-facts §1.5
 * (the effective policy of this type cannot be asked for).
 */
export async function guardrailsOver(
  client: OrganizationsClient,
  accountId: string,
  unit: string,
  abortSignal: AbortSignal,
): Promise<string[]> {
  const names = new Set<string>(await attachedTo(client, accountId, abortSignal));
  let target: string | undefined = unit;
  for (let level = 0; target !== undefined; level++) {
    if (level > mostLevels) throw new Error(`ListParents: ${accountId} has more than ${mostLevels} levels above it`);
    for (const name of await attachedTo(client, target, abortSignal)) names.add(name);
    target = isRoot(target) ? undefined : await parentOf(client, target, abortSignal);
  }
  return [...names].sort();
}

/** Source: Organizations API, Root, Id. */
const isRoot = (target: string): boolean => target.startsWith('r-');

/** AWS's own FullAWSAccess, which allows all, is no guardrail. */
async function attachedTo(client: OrganizationsClient, TargetId: string, abortSignal: AbortSignal): Promise<string[]> {
  const names: string[] = [];
  const input = { TargetId, Filter: 'SERVICE_CONTROL_POLICY' as const };
  for await (const { Policies = [] } of paginateListPoliciesForTarget({ client }, input, { abortSignal }))
    names.push(...Policies.flatMap(({ Name, AwsManaged }) => (Name && !AwsManaged ? [Name] : [])));
  return names;
}
