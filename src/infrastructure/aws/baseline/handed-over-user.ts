/** The user that is handed over: there, where its ARN says, and with nothing of its own that gives or takes permissions. */
import {
  CreateUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  paginateListAttachedUserPolicies,
  paginateListUserPolicies,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import type { Desired } from '../../../domain/baseline/objects.js';
import type { Json } from '../../../domain/canonical-json.js';
import { atRootPath } from '../calls/name-taken.js';
import { attachmentsAtOnce, difference, namesOf } from './attachments.js';
import { type KindAtAws, observedAs } from './object-kind.js';
import { type Reach, unless } from './reach.js';
import { sideBySide } from './side-by-side.js';

type User = Desired<'handed-over-user'>;

/** Source: IAM API, GetUser, CreateUser, UpdateUser, DeleteUserPermissionsBoundary. */
export const handedOverUserAtAws: KindAtAws<'handed-over-user'> = {
  async observe({ clients, call, isHandedOver }, object) {
    const UserName = object.name;
    const user = (await unless(['NoSuchEntity'], clients.iam.send(new GetUserCommand({ UserName }), call)))?.User;
    if (!user) return observedAs(object, null);
    // Before the hand-over nobody moves our user, so that one elsewhere is somebody else's.
    if (!isHandedOver) atRootPath('user', UserName, user.Path, 'GetUser');
    const by = { client: clients.iam };
    const [policies, inlinePolicies] = await Promise.all([
      namesOf(paginateListAttachedUserPolicies(by, { UserName }, call), (page) =>
        page.AttachedPolicies?.map(({ PolicyArn }) => PolicyArn),
      ),
      namesOf(paginateListUserPolicies(by, { UserName }, call), (page) => page.PolicyNames),
    ]);
    const permissionsBoundary = user.PermissionsBoundary?.PermissionsBoundaryArn ?? null;
    return observedAs(object, { path: user.Path ?? null, policies, inlinePolicies, permissionsBoundary });
  },

  /** One that exists although it was not seen is looked at when the step is tried again. */
  async create({ clients, call }, { name: UserName }) {
    await unless(['EntityAlreadyExists'], clients.iam.send(new CreateUserCommand({ UserName }), call));
  },

  complete: [],
  mend: { path: move, policies: detach, inlinePolicies: removeInline, permissionsBoundary: unbind },
};

async function move({ clients, call }: Reach, { name: UserName, members }: User): Promise<void> {
  await clients.iam.send(new UpdateUserCommand({ UserName, NewPath: members.path }), call);
}

async function detach({ clients, call }: Reach, { name: UserName, members }: User, from: Json): Promise<void> {
  await sideBySide(difference(from, members.policies).extra, attachmentsAtOnce, (PolicyArn) =>
    unless(['NoSuchEntity'], clients.iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn }), call)),
  );
}

async function removeInline({ clients, call }: Reach, { name: UserName, members }: User, from: Json): Promise<void> {
  for (const PolicyName of difference(from, members.inlinePolicies).extra) {
    const command = new DeleteUserPolicyCommand({ UserName, PolicyName });
    await unless(['NoSuchEntity'], clients.iam.send(command, call));
  }
}

async function unbind({ clients, call }: Reach, { name: UserName }: User): Promise<void> {
  const command = new DeleteUserPermissionsBoundaryCommand({ UserName });
  await unless(['NoSuchEntity'], clients.iam.send(command, call));
}
