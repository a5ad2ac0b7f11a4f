/** Users of an account, the long-lived identities with a password of their own. */
import type { Call, Operations } from '../engine/core.js';
import { keysOf } from './access-key-documents.js';
import { askedBoundary, shownBoundary } from './boundaries.js';
import { kinds, type LoginProfileDocument, type MfaDeviceDocument, type UserDocument } from './documents.js';
import { allVisible, arnOf, born, existing, keep, refuseTakenName, uniqueIdOf, visible } from './entities.js';
import { deleteConflict, validationError } from './errors.js';
import { name, optionalText, path, tags, text } from './input.js';
import { page } from './pages.js';

/** Operations on users. Source: IAM API, CreateUser, GetUser, ListUsers, UpdateUser, DeleteUser. */
export const userOperations: Operations = {
  CreateUser(call) {
    const userName = name(call, 'UserName');
    refuseTakenName(call, 'user', userName);
    const user: UserDocument = {
      ...born(call, 'user', path(call), userName),
      userName,
      userId: uniqueIdOf(call, 'AIDA'),
      groups: [],
      attached: [],
      inline: {},
      ...askedBoundary(call),
      tags: tags(call),
      passwordLastUsed: null,
    };
    keep(call, 'user', userName, user);
    return { User: described(user) };
  },
  GetUser: (call) => ({ User: described(visible(call, 'user', userNameOf(call))) }),
  ListUsers(call) {
    const prefix = optionalText(call, 'PathPrefix') ?? '/';
    const users = allVisible(call, 'user').filter((user) => user.path.startsWith(prefix));
    return page(
      call,
      'Users',
      users.map((user) => ({ ...described(user), Tags: undefined })),
    );
  },
  /** Another path is another ARN; nothing hangs on the old one but what policies say. Another name is not taken. */
  UpdateUser(call) {
    const user = existing(call, 'user', text(call, 'UserName'));
    const newPath = path(call, 'NewPath', user.path);
    const { userName } = user;
    keep(call, 'user', userName, { ...user, path: newPath, arn: arnOf(call, 'user', newPath, userName) });
    return {};
  },
  DeleteUser(call) {
    const user = existing(call, 'user', text(call, 'UserName'));
    const must = obstacle(call, user);
    if (must) throw deleteConflict(`Cannot delete entity, must ${must} first.`);
    call.documents.remove(kinds.user, call.account, user.userName);
    return {};
  },
};

/** What still hangs on a user. Source: IAM API, DeleteUser. */
function obstacle(call: Call, user: UserDocument): string | undefined {
  const { documents, account } = call;
  if (user.attached.length > 0) return 'detach all policies';
  if (Object.keys(user.inline).length > 0) return 'delete policies';
  if (user.groups.length > 0) return 'remove users from group';
  if (documents.get<LoginProfileDocument>(kinds.loginProfile, account, user.userName)) return 'delete login profile';
  if (keysOf(documents, account, user.userName).length > 0) return 'delete access keys';
  const devices = documents.list<MfaDeviceDocument>(kinds.mfaDevice, account);
  return devices.some(({ userName }) => userName === user.userName) ? 'delete MFA device' : undefined;
}

/** The user that the call names, else the user who calls; a role has none. @throws ValidationError */
export function userNameOf(call: Call): string {
  const named = optionalText(call, 'UserName');
  if (named) return named;
  const caller = /:user\/(?:.*\/)?([^/]+)$/.exec(call.principal.arn)?.[1];
  if (caller) return caller;
  throw validationError('Must specify userName when calling with non-User credentials');
}

/** A user in AWS's shape. Source: IAM API, User. */
export function described(user: UserDocument): Readonly<Record<string, unknown>> {
  return {
    Path: user.path,
    UserName: user.userName,
    UserId: user.userId,
    Arn: user.arn,
    CreateDate: new Date(user.createdAt),
    ...(user.passwordLastUsed === null ? {} : { PasswordLastUsed: new Date(user.passwordLastUsed) }),
    ...shownBoundary(user),
    ...(user.tags.length > 0 ? { Tags: user.tags } : {}),
  };
}
