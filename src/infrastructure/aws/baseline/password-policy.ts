/** The account's password policy, which AWS takes and keeps as a whole. */
import { GetAccountPasswordPolicyCommand, UpdateAccountPasswordPolicyCommand } from '@aws-sdk/client-iam';
import type { Desired } from '../../../domain/baseline/objects.js';
import { type KindAtAws, observedAs } from './object-kind.js';
import { type Reach, unless } from './reach.js';

/**
 * Sends every member: one left out returns to its weak default. "Never" is said by leaving the age out, since 0 is
 * refused.
 * Source: IAM API, UpdateAccountPasswordPolicy.
 */
async function put({ clients, call }: Reach, { members }: Desired<'password-policy'>): Promise<void> {
  const command = new UpdateAccountPasswordPolicyCommand({
    MinimumPasswordLength: members.minimumLength,
    RequireSymbols: members.requireSymbols,
    RequireNumbers: members.requireNumbers,
    RequireUppercaseCharacters: members.requireUppercase,
    RequireLowercaseCharacters: members.requireLowercase,
    AllowUsersToChangePassword: members.usersMayChange,
    HardExpiry: members.hardExpiry,
    PasswordReusePrevention: members.reusePrevention || undefined,
    MaxPasswordAge: members.maxAgeDays ?? undefined,
  });
  await clients.iam.send(command, call);
}

export const passwordPolicyAtAws: KindAtAws<'password-policy'> = {
  async observe({ clients, call }, object) {
    const answer = await unless(['NoSuchEntity'], clients.iam.send(new GetAccountPasswordPolicyCommand({}), call));
    const is = answer?.PasswordPolicy;
    if (!is) return observedAs(object, null);
    return observedAs(object, {
      minimumLength: is.MinimumPasswordLength ?? null,
      requireSymbols: is.RequireSymbols ?? false,
      requireNumbers: is.RequireNumbers ?? false,
      requireUppercase: is.RequireUppercaseCharacters ?? false,
      requireLowercase: is.RequireLowercaseCharacters ?? false,
      usersMayChange: is.AllowUsersToChangePassword ?? false,
      hardExpiry: is.HardExpiry ?? false,
      reusePrevention: is.PasswordReusePrevention ?? 0,
      maxAgeDays: is.MaxPasswordAge || null,
    });
  },
  create: put,
  complete: [],
  mend: {
    minimumLength: put,
    requireSymbols: put,
    requireNumbers: put,
    requireUppercase: put,
    requireLowercase: put,
    usersMayChange: put,
    hardExpiry: put,
    reusePrevention: put,
    maxAgeDays: put,
  },
};
