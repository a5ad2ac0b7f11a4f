/** Groups of users, and who is in them. */
import type { Call, Operations } from '../engine/core.js';
import { type GroupDocument, kinds } from './documents.js';
import { allVisible, born, existing, keep, refuseTakenName, uniqueIdOf, visible } from './entities.js';
import { deleteConflict, limitExceeded } from './errors.js';
import { name, optionalText, path, text } from './input.js';
import { page } from './pages.js';
import { described as describedUser } from './users.js';

/** The most groups a user can be in. Source: IAM User Guide, IAM and AWS STS quotas. */
const groupsPerUser = 10;

/** Operations on groups. Source: IAM API, CreateGroup, GetGroup, AddUserToGroup and their siblings. */
export const groupOperations: Operations = {
  CreateGroup(call) {
    const groupName = name(call, 'GroupName');
    refuseTakenName(call, 'group', groupName);
    const group: GroupDocument = {
      ...born(call, 'group', path(call), groupName),
      groupName,
      groupId: uniqueIdOf(call, 'AGPA'),
      attached: [],
      inline: {},
    };
    keep(call, 'group', groupName, group);
    return { Group: described(group) };
  },
  GetGroup(call) {
    const group = visible(call, 'group', text(call, 'GroupName'));
    const users = members(call, group.groupName).map(describedUser);
    return { Group: described(group), ...page(call, 'Users', users) };
  },
  ListGroups(call) {
    const prefix = optionalText(call, 'PathPrefix') ?? '/';
    const groups = allVisible(call, 'group').filter((group) => group.path.startsWith(prefix));
    return page(call, 'Groups', groups.map(described));
  },
  DeleteGroup(call) {
    const group = existing(call, 'group', text(call, 'GroupName'));
    const { documents, account } = call;
    if (members(call, group.groupName).length > 0) {
      throw deleteConflict('Cannot delete entity, must remove users from group first.');
    }
    if (group.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
    if (Object.keys(group.inline).length > 0) {
      throw deleteConflict('Cannot delete entity, must delete policies first.');
    }
    documents.remove(kinds.group, account, group.groupName);
    return {};
  },
  AddUserToGroup(call) {
    const group = existing(call, 'group', text(call, 'GroupName'));
    const user = existing(call, 'user', text(call, 'UserName'));
    if (user.groups.includes(group.groupName)) return {};
    if (user.groups.length >= groupsPerUser) {
      throw limitExceeded(`Cannot exceed quota for GroupsPerUser: ${groupsPerUser}`);
    }
    keep(call, 'user', user.userName, { ...user, groups: [...user.groups, group.groupName].sort() });
    return {};
  },
  RemoveUserFromGroup(call) {
    const group = existing(call, 'group', text(call, 'GroupName'));
    const user = existing(call, 'user', text(call, 'UserName'));
    keep(call, 'user', user.userName, { ...user, groups: user.groups.filter((other) => other !== group.groupName) });
    return {};
  },
  ListGroupsForUser(call) {
    const user = visible(call, 'user', text(call, 'UserName'));
    const groups = allVisible(call, 'group').filter(({ groupName }) => user.groups.includes(groupName));
    return page(call, 'Groups', groups.map(described));
  },
};

const members = (call: Call, groupName: string) =>
  allVisible(call, 'user').filter((user) => user.groups.includes(groupName));

/** A group in AWS's shape. Source: IAM API, Group. */
function described(group: GroupDocument): Readonly<Record<string, unknown>> {
  return {
    Path: group.path,
    GroupName: group.groupName,
    GroupId: group.groupId,
    Arn: group.arn,
    CreateDate: new Date(group.createdAt),
  };
}
