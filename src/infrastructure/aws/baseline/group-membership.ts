/** That one user is in a group; who else is in it, and in which other groups the user is, is left alone. */
import { AddUserToGroupCommand } from '@aws-sdk/client-iam';
import type { Desired } from '../../../domain/baseline/objects.js';
import { isMember } from '../calls/user-groups.js';
import { type KindAtAws, observedAs } from './object-kind.js';
import type { Reach } from './reach.js';

type Membership = Desired<'group-membership'>;

/** Source: IAM API, AddUserToGroup, which adds a member once. */
export const groupMembershipAtAws: KindAtAws<'group-membership'> = {
  async observe({ clients, call }, object) {
    const { user } = object.members;
    const isIn = await isMember(clients.iam, { user, group: object.name }, call);
    return observedAs(object, isIn ? { user } : null);
  },
  create: join,
  complete: [],
  mend: { user: join },
};

async function join({ clients, call }: Reach, { name: GroupName, members }: Membership): Promise<void> {
  await clients.iam.send(new AddUserToGroupCommand({ GroupName, UserName: members.user }), call);
}
