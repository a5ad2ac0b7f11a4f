/** IAM users in no group, who carry none of the denials that groups carry, and groups of the customer's own without the customer policy. */
import {
  AttachGroupPolicyCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  type Group,
  type IAMClient,
  paginateListAttachedGroupPolicies,
  paginateListAttachedUserPolicies,
  paginateListGroups,
  paginateListGroupsForUser,
  paginateListUserPolicies,
  paginateListUsers,
  type User,
} from '@aws-sdk/client-iam';
import type { HeldTo, Mended } from '../../../application/ports/hardening.js';
import { customerPolicyName } from '../../../domain/baseline/names.js';
import { type Finding, strangerIn, strangerKey } from '../../../domain/hardening/findings.js';
import { namesOf } from '../baseline/attachments.js';
import { type Reach, unless } from '../baseline/reach.js';
import { sideBySide } from '../baseline/side-by-side.js';
import type { AwsSettings } from '../calls/clients.js';

type Settings = Pick<AwsSettings, 'prefix'>;

const atOnce = 10;

/** What is found of them. A user is named by its unique id, because its name may be that of a person. */
export async function strangers(reach: Reach, settings: Settings, held: HeldTo): Promise<readonly Finding[]> {
  const { exceptions, repairs, parts } = held;
  const named = (of: 'group' | 'handed-over-user') =>
    new Set(parts.flatMap(({ objects }) => objects.flatMap(({ kind, name }) => (kind === of ? name : []))));
  const [ourGroups, ourUsers] = [named('group'), named('handed-over-user')];
  const [users, groups] = await Promise.all([ungrouped(reach), unbound(reach, settings)]);
  const isRepaired = repairs.identities === 'repair';
  const found: readonly Finding[] = [
    ...users
      .filter(({ UserName = '' }) => !ourUsers.has(UserName))
      .map(({ UserId = '' }) => ({
        object: strangerKey('user', UserId),
        changes: [`user ${UserId} is in no group`],
        repair: isRepaired ? ('after-notice' as const) : ('none' as const),
      })),
    ...groups
      .filter(({ GroupName = '' }) => !ourGroups.has(GroupName))
      .map(({ GroupName = '' }) => ({
        object: strangerKey('customer-group', GroupName),
        changes: [`group ${GroupName}: policies +${customerPolicy(reach, settings)}`],
        repair: isRepaired ? ('now' as const) : ('none' as const),
      })),
  ];
  return found.filter(({ object }) => !exceptions.has(object));
}

/** Gives the customer policy to those of the objects that are groups of the customer's own. */
export async function welcome(reach: Reach, settings: Settings, objects: ReadonlySet<string>): Promise<Mended> {
  const names = [...objects].flatMap((object) => strangerIn('customer-group', object) ?? []);
  const PolicyArn = customerPolicy(reach, settings);
  for (const GroupName of names) {
    const command = new AttachGroupPolicyCommand({ GroupName, PolicyArn });
    await unless(['NoSuchEntity'], reach.clients.iam.send(command, reach.call));
  }
  return {
    objects: names.map((name) => strangerKey('customer-group', name)),
    changes: names.map((name) => `group ${name}: policies +${PolicyArn}`),
  };
}

/** Takes every policy from those of the users that are in no group; the users and their keys stay. */
export async function takeFrom(reach: Reach, userIds: readonly string[]): Promise<Mended> {
  const left = (await ungrouped(reach)).filter(({ UserId = '' }) => userIds.includes(UserId));
  const changes = await sideBySide(left, atOnce, (user) => takePolicies(reach, user));
  return { objects: userIds.map((id) => strangerKey('user', id)), changes: changes.flat() };
}

async function takePolicies({ clients: { iam }, call }: Reach, { UserName, UserId = '' }: User) {
  const by = { client: iam };
  const [attached, inline] = await Promise.all([
    namesOf(paginateListAttachedUserPolicies(by, { UserName }, call), (page) =>
      page.AttachedPolicies?.map(({ PolicyArn }) => PolicyArn),
    ),
    namesOf(paginateListUserPolicies(by, { UserName }, call), (page) => page.PolicyNames),
  ]);
  for (const PolicyArn of attached)
    await unless(['NoSuchEntity'], iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn }), call));
  for (const PolicyName of inline)
    await unless(['NoSuchEntity'], iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }), call));
  return [`user ${UserId}: ${attached.length} policies detached, ${inline.length} of its own deleted`];
}

async function ungrouped({ clients: { iam }, call }: Reach): Promise<readonly User[]> {
  const users = await all(paginateListUsers({ client: iam }, {}, call), ({ Users }) => Users);
  const groups = await sideBySide(users, atOnce, ({ UserName }) =>
    all(paginateListGroupsForUser({ client: iam }, { UserName }, call), ({ Groups }) => Groups),
  );
  return users.filter((_, position) => groups[position]?.length === 0);
}

/** Groups that do not carry the customer policy. */
async function unbound({ clients, call, accountId }: Reach, settings: Settings): Promise<readonly Group[]> {
  const { iam } = clients;
  const groups = await all(paginateListGroups({ client: iam }, {}, call), ({ Groups }) => Groups);
  const wanted = customerPolicy({ accountId }, settings);
  const attached = await sideBySide(groups, atOnce, ({ GroupName }) => policiesOf(iam, GroupName, call));
  return groups.filter((_, position) => !attached[position]?.includes(wanted));
}

const policiesOf = (client: IAMClient, GroupName: string | undefined, call: Reach['call']) =>
  namesOf(paginateListAttachedGroupPolicies({ client }, { GroupName }, call), (page) =>
    page.AttachedPolicies?.map(({ PolicyArn }) => PolicyArn),
  );

async function all<Page, T>(pages: AsyncIterable<Page>, items: (page: Page) => readonly T[] | undefined) {
  const found: T[] = [];
  for await (const page of pages) found.push(...(items(page) ?? []));
  return found;
}

const customerPolicy = ({ accountId }: Pick<Reach, 'accountId'>, { prefix }: Settings): string =>
  `arn:aws:iam::${accountId}:policy/${customerPolicyName(prefix)}`;
