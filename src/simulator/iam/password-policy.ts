/** The account's password policy: set as a whole, read, and taken away again. */
import type { Call, Operations } from '../engine/core.js';
import { kinds } from './documents.js';
import { noSuchEntity } from './errors.js';
import { flag, wholeNumber } from './input.js';
import { type PasswordPolicyDocument, policyKey, policyOf } from './passwords.js';

/**
 * Operations on the password policy. What an update leaves out returns to its default; age and reuse refuse 0, which
 * is why "never expires" is said by leaving the member out.
 * Source: IAM API, UpdateAccountPasswordPolicy, GetAccountPasswordPolicy, DeleteAccountPasswordPolicy.
 */
export const passwordPolicyOperations: Operations = {
  UpdateAccountPasswordPolicy(call) {
    const policy: PasswordPolicyDocument = {
      minimumLength: wholeNumber(call, 'MinimumPasswordLength', 6, 128) ?? 6,
      requireSymbols: flag(call, 'RequireSymbols'),
      requireNumbers: flag(call, 'RequireNumbers'),
      requireUppercase: flag(call, 'RequireUppercaseCharacters'),
      requireLowercase: flag(call, 'RequireLowercaseCharacters'),
      usersMayChange: flag(call, 'AllowUsersToChangePassword'),
      hardExpiry: flag(call, 'HardExpiry'),
      maxAgeDays: wholeNumber(call, 'MaxPasswordAge', 1, 1095) ?? 0,
      reusePrevention: wholeNumber(call, 'PasswordReusePrevention', 1, 24) ?? 0,
    };
    call.documents.put(kinds.passwordPolicy, call.account, policyKey, policy);
    return {};
  },
  GetAccountPasswordPolicy: (call) => ({ PasswordPolicy: described(inForce(call)) }),
  DeleteAccountPasswordPolicy(call) {
    inForce(call);
    call.documents.remove(kinds.passwordPolicy, call.account, policyKey);
    return {};
  },
};

function inForce(call: Call): PasswordPolicyDocument {
  const policy = policyOf(call.documents, call.account);
  if (policy) return policy;
  throw noSuchEntity(`The Password Policy with domain name ${call.account} cannot be found.`);
}

/** Rules that are off are left out where 0 is no value of the member. Source: IAM API, PasswordPolicy. */
const described = (policy: PasswordPolicyDocument) => ({
  MinimumPasswordLength: policy.minimumLength,
  RequireSymbols: policy.requireSymbols,
  RequireNumbers: policy.requireNumbers,
  RequireUppercaseCharacters: policy.requireUppercase,
  RequireLowercaseCharacters: policy.requireLowercase,
  AllowUsersToChangePassword: policy.usersMayChange,
  ExpirePasswords: policy.maxAgeDays > 0,
  ...(policy.maxAgeDays > 0 ? { MaxPasswordAge: policy.maxAgeDays } : {}),
  ...(policy.reusePrevention > 0 ? { PasswordReusePrevention: policy.reusePrevention } : {}),
  HardExpiry: policy.hardExpiry,
});
