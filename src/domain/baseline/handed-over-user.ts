/** The IAM user that is handed over to the customer's administrator, and its membership in the group that binds it. */
import { administratorsGroup, administratorUserName } from './names.js';
import { type DesiredObject, ours } from './objects.js';
import type { BaselineSettings } from './settings.js';

const why = {
  user: "The customer's first person signs in as this user, which may do what its group may and no more.",
  membership: 'What binds the administrators binds the handed-over user for as long as it is one of them.',
};

/**
 * Whether who leaves one object as it is, leaves another with it: nobody can put a user into a group that is left deleted.
 * Both are given by their keys. Source: IAM API, AddUserToGroup, NoSuchEntity.
 */
export const isLeftWith = (left: string, other: string): boolean =>
  left.startsWith('handed-over-user/') && other.startsWith('group-membership/');

/**
 * It is made without a password, so that nobody can sign in as it before the credentials are issued. Who has made it again
 * after it was deleted has no password either: that is a reissue's to set.
 */
export const handedOverUser = ({ prefix }: BaselineSettings): readonly DesiredObject[] => [
  ours(
    'handed-over-user',
    administratorUserName,
    'global',
    { path: '/', policies: [], inlinePolicies: [], permissionsBoundary: null },
    why.user,
  ),
  ours('group-membership', administratorsGroup(prefix), 'global', { user: administratorUserName }, why.membership),
];
