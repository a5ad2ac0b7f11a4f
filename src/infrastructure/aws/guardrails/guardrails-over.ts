/** The guardrails that bind an account: those attached to it and to everything above it, up to the root. */
import {
  ListParentsCommand,
  type OrganizationsClient,
  paginateListPoliciesForTarget,
} from '@aws-sdk/client-organizations';
import { allowsAll } from '../../../domain/guardrails/allows-all.js';
import { sameMeaning } from '../../../domain/guardrails/differences.js';
import type { OwnPolicy } from '../../../domain/guardrails/plan.js';
import { contentOf } from './observe-organization.js';

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

interface Attached {
  readonly id: string;
  readonly name: string;
  readonly awsManaged: boolean;
}

/** A place in the organization with the service control policies attached right to it. */
interface Level {
  readonly target: string;
  readonly attached: readonly Attached[];
}

/** What stands over an account. */
export interface Over {
  /** Names of the payer's own service control policies in force, sorted, each once. */
  readonly names: readonly string[];
  /** Those of the wanted policies that bind: attached somewhere over the account, with the text they are to have. */
  readonly bound: readonly string[];
  /** What keeps the wanted ones from binding or the account from working, for operators. */
  readonly problems: readonly string[];
}

/**
 * The service control policies over an account, held against those that are wanted. AWS names what is attached right to a
 * target and nothing inherited, so every place above is asked, from the unit that the account was moved into: for a while
 * after a move AWS still names the former parent. A call must be allowed at every level, so each is looked at for that.
 * Source: Organizations API, ListPoliciesForTarget, ListParents; aws-facts §1.5 (the effective policy of this type cannot be
 * asked for); Organizations User Guide, SCP evaluation.
 */
export async function guardrailsOver(
  client: OrganizationsClient,
  {
    accountId,
    unit,
    wanted,
  }: { readonly accountId: string; readonly unit: string; readonly wanted: readonly OwnPolicy[] },
  abortSignal: AbortSignal,
): Promise<Over> {
  const levels = [
    await levelAt(client, accountId, abortSignal),
    ...(await levelsFrom(client, accountId, unit, abortSignal)),
  ];
  return standing(client, levels, wanted, abortSignal);
}

/** The same for whichever account lies in the unit and has no policy of its own. */
export async function guardrailsOverUnit(
  client: OrganizationsClient,
  { unit, wanted }: { readonly unit: string; readonly wanted: readonly OwnPolicy[] },
  abortSignal: AbortSignal,
): Promise<Over> {
  return standing(client, await levelsFrom(client, unit, unit, abortSignal), wanted, abortSignal);
}

async function standing(
  client: OrganizationsClient,
  levels: readonly Level[],
  wanted: readonly OwnPolicy[],
  abortSignal: AbortSignal,
): Promise<Over> {
  const all = levels.flatMap(({ attached }) => attached);
  const names = [...new Set(all.filter(({ awsManaged }) => !awsManaged).map(({ name }) => name))].sort();
  const [held, closed] = await Promise.all([
    Promise.all(wanted.map((policy) => problemOf(client, policy, all, abortSignal))),
    Promise.all(levels.map((level) => closedAt(client, level, abortSignal))),
  ]);
  const bound = wanted.filter((_, index) => held[index] === undefined).map(({ name }) => name);
  return {
    names,
    bound,
    problems: [...held, ...closed].flatMap((problem) => (problem === undefined ? [] : [problem])),
  };
}

/** The unit and everything above it. */
async function levelsFrom(
  client: OrganizationsClient,
  below: string,
  unit: string,
  abortSignal: AbortSignal,
): Promise<readonly Level[]> {
  const levels: Level[] = [];
  let target: string | undefined = unit;
  while (target !== undefined) {
    if (levels.length >= mostLevels)
      throw new Error(`ListParents: ${below} has more than ${mostLevels} levels above it`);
    levels.push(await levelAt(client, target, abortSignal));
    target = isRoot(target) ? undefined : await parentOf(client, target, abortSignal);
  }
  return levels;
}

/** Source: Organizations API, Root, Id. */
const isRoot = (target: string): boolean => target.startsWith('r-');

async function levelAt(client: OrganizationsClient, TargetId: string, abortSignal: AbortSignal): Promise<Level> {
  const attached: Attached[] = [];
  const input = { TargetId, Filter: 'SERVICE_CONTROL_POLICY' as const };
  for await (const { Policies = [] } of paginateListPoliciesForTarget({ client }, input, { abortSignal }))
    for (const { Id, Name, AwsManaged } of Policies)
      if (Id && Name) attached.push({ id: Id, name: Name, awsManaged: AwsManaged === true });
  return { target: TargetId, attached };
}

async function problemOf(
  client: OrganizationsClient,
  { name, content }: OwnPolicy,
  all: readonly Attached[],
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  const there = all.find((attached) => attached.name === name && !attached.awsManaged);
  if (!there) return `${name} is attached nowhere over the account`;
  const says = await contentOf(client, there.id, abortSignal);
  return sameMeaning(says, content) ? undefined : `${name} does not say what was applied`;
}

/** AWS's own FullAWSAccess allows all; without it another policy of the level must. */
async function closedAt(
  client: OrganizationsClient,
  { target, attached }: Level,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  if (attached.some(({ name, awsManaged }) => awsManaged && name === 'FullAWSAccess')) return undefined;
  for (const { id } of attached) if (allowsAll(await contentOf(client, id, abortSignal))) return undefined;
  return `no policy at ${target} allows everything (FullAWSAccess is gone)`;
}
