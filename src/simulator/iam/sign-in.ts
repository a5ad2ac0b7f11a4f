/** Signing in to the console as an IAM user: the first time with a temporary password AWS demands a new one. */
import type { Documents } from '../engine/core.js';
import { accountOf, isUsable } from '../world/accounts.js';
import { kinds, type LoginProfileDocument, type UserDocument } from './documents.js';
import { passwordChange } from './password-change.js';
import { hashOf, isExpired, policyOf } from './passwords.js';

/** What the person typed, and when. */
interface SignInAttempt {
  readonly account: string;
  readonly userName: string;
  readonly password: string;
  /** Only on the page that asks for it. */
  readonly newPassword?: string | undefined;
  readonly now: number;
}

export type SignInOutcome =
  | { readonly outcome: 'signed-in' }
  | { readonly outcome: 'new-password-required' }
  | { readonly outcome: 'refused'; readonly words: string }
  | { readonly outcome: 'new-password-refused'; readonly words: string };

const wrong = {
  outcome: 'refused',
  words: 'Your authentication information is incorrect. Please try again.',
} as const;

/**
 * Signs a user in, changing the password when a new one is given and due. It sets PasswordLastUsed, and
 * PasswordResetRequired to false after a change. The words never say which of account, user and password was
 * wrong, nor that an account is closed or suspended, which only its root user may still enter.
 * Source: IAM User Guide, How IAM users sign in to AWS, and Password expiration (HardExpiry).
 */
export function signIn(documents: Documents, attempt: SignInAttempt): SignInOutcome {
  const { account, userName, now } = attempt;
  const home = accountOf(documents, account, now);
  if (!home || !isUsable(home, now)) return wrong;
  const user = documents.get<UserDocument>(kinds.user, account, userName);
  const profile = documents.get<LoginProfileDocument>(kinds.loginProfile, account, userName);
  if (!user || !profile || now < profile.visibleAt) return wrong;
  if (hashOf(user.userId, attempt.password) !== profile.passwordHash) return wrong;
  const policy = policyOf(documents, account);
  const expired = isExpired(policy, profile.passwordSetAt, now);
  if (expired && policy?.hardExpiry) {
    return { outcome: 'refused', words: 'Your password has expired. Contact your administrator to reset it.' };
  }
  if (profile.resetRequired || expired) {
    if (attempt.newPassword === undefined) return { outcome: 'new-password-required' };
    const change = passwordChange(documents, { account, user, profile, newPassword: attempt.newPassword, now });
    if ('refused' in change) return { outcome: 'new-password-refused', words: change.refused };
    documents.put(kinds.loginProfile, account, userName, change.profile);
  }
  documents.put(kinds.user, account, userName, { ...user, passwordLastUsed: now });
  return { outcome: 'signed-in' };
}
