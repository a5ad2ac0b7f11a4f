/** Who carries a managed policy. */
import type { Operations } from '../engine/core.js';
import { allVisible } from './entities.js';
import { text } from './input.js';
import { page } from './pages.js';

/** Source: IAM API, ListEntitiesForPolicy. */
export const policyEntityOperations: Operations = {
  ListEntitiesForPolicy(call) {
    const arn = text(call, 'PolicyArn');
    const carries = ({ attached }: { readonly attached: readonly string[] }): boolean => attached.includes(arn);
    const [groups, users, roles] = [
      allVisible(call, 'group').filter(carries),
      allVisible(call, 'user').filter(carries),
      allVisible(call, 'role').filter(carries),
    ];
    return {
      PolicyGroups: groups.map(({ groupName, groupId }) => ({ GroupName: groupName, GroupId: groupId })),
      PolicyUsers: users.map(({ userName, userId }) => ({ UserName: userName, UserId: userId })),
      ...page(
        call,
        'PolicyRoles',
        roles.map(({ roleName, roleId }) => ({ RoleName: roleName, RoleId: roleId })),
      ),
    };
  },
};
