/** Login profiles: the passwords with which users sign in to the console. */
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { kinds, type LoginProfileDocument } from './documents.js';
import { existing } from './entities.js';
import { alreadyExists, noSuchEntity, passwordViolation, temporarilyUnmodifiable, validationError } from './errors.js';
import { flag, text } from './input.js';
import { passwordChange } from './password-change.js';
import { brokenRules, hashOf, policyOf } from './passwords.js';
import { userNameOf } from './users.js';

/** Operations on login profiles. Source: IAM API, CreateLoginProfile and its siblings, ChangePassword. */
export const loginProfileOperations: Operations = {
  CreateLoginProfile(call) {
    const user = existing(call, 'user', userNameOf(call));
    if (find(call, user.userName)) throw alreadyExists(`Login Profile for user ${user.userName} already exists.`);
    const profile: LoginProfileDocument = {
      userName: user.userName,
      passwordHash: hashOf(user.userId, goodPassword(call)),
      formerHashes: [],
      resetRequired: flag(call, 'PasswordResetRequired'),
      createdAt: call.now,
      passwordSetAt: call.now,
      visibleAt: call.now + call.latencies.propagationMs,
    };
    keep(call, profile);
    return { LoginProfile: described(profile) };
  },
  GetLoginProfile(call) {
    const profile = found(call, userNameOf(call));
    if (call.now < profile.visibleAt) throw absent(profile.userName);
    return { LoginProfile: described(profile) };
  },
  UpdateLoginProfile(call) {
    const user = existing(call, 'user', text(call, 'UserName'));
    const profile = modifiable(call, user.userName);
    const reset =
      call.input.PasswordResetRequired === undefined ? {} : { resetRequired: flag(call, 'PasswordResetRequired') };
    const renewed =
      call.input.Password === undefined
        ? {}
        : {
            passwordHash: hashOf(user.userId, goodPassword(call)),
            formerHashes: [profile.passwordHash, ...profile.formerHashes].slice(0, 24),
            passwordSetAt: call.now,
          };
    keep(call, { ...profile, ...reset, ...renewed });
    return {};
  },
  DeleteLoginProfile(call) {
    const user = existing(call, 'user', userNameOf(call));
    const profile = modifiable(call, user.userName);
    call.documents.remove(kinds.loginProfile, call.account, profile.userName);
    return {};
  },
  ChangePassword(call) {
    const isUser = call.principal.arn.includes(':user/');
    if (!isUser) throw new AwsError('InvalidUserType', 400, 'Only an IAM user can change its own password.');
    const user = existing(call, 'user', userNameOf({ ...call, input: {} }));
    const profile = found(call, user.userName);
    if (hashOf(user.userId, secret(call, 'OldPassword')) !== profile.passwordHash) {
      throw new AwsError('AccessDenied', 403, 'The old password was incorrect.');
    }
    const newPassword = secret(call, 'NewPassword');
    const change = passwordChange(call.documents, { account: call.account, user, profile, newPassword, now: call.now });
    if ('refused' in change) throw passwordViolation(change.refused);
    keep(call, change.profile);
    return {};
  },
};

const find = ({ documents, account }: Call, userName: string): LoginProfileDocument | undefined =>
  documents.get<LoginProfileDocument>(kinds.loginProfile, account, userName);

const absent = (userName: string): AwsError => noSuchEntity(`Login Profile for User ${userName} cannot be found.`);

function found(call: Call, userName: string): LoginProfileDocument {
  const profile = find(call, userName);
  if (profile) return profile;
  throw absent(userName);
}

/** Right after its creation a login profile cannot be changed. @throws EntityTemporarilyUnmodifiable */
function modifiable(call: Call, userName: string): LoginProfileDocument {
  const profile = found(call, userName);
  if (call.now >= profile.visibleAt) return profile;
  throw temporarilyUnmodifiable(
    `Login Profile for User ${userName} cannot be modified while login profile is being created.`,
  );
}

const keep = (call: Call, profile: LoginProfileDocument): void =>
  call.documents.put(kinds.loginProfile, call.account, profile.userName, profile);

/** The password that the call brings, held to the policy in force. @throws PasswordPolicyViolation */
function goodPassword(call: Call): string {
  const password = secret(call, 'Password');
  const broken = brokenRules(password, policyOf(call.documents, call.account));
  if (broken.length > 0) throw passwordViolation(broken.join('. '));
  return password;
}

/** A member that no message may repeat. */
function secret({ input }: Call, member: string): string {
  const value = input[member];
  if (typeof value === 'string' && value !== '') return value;
  throw validationError(`${member}: a password of 1 to 128 characters is required.`);
}

const described = (profile: LoginProfileDocument) => ({
  UserName: profile.userName,
  CreateDate: new Date(profile.createdAt),
  PasswordResetRequired: profile.resetRequired,
});
