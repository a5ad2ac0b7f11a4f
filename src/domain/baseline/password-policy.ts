/** How strong the passwords of IAM users must be. */
import { type Desired, ours } from './objects.js';

/**
 * The whole policy, since AWS replaces it as a whole. Users may change their own password and an old one still lets
 * them in to do so: without that the first sign-in with a temporary password would be a dead end.
 * Source: IAM UpdateAccountPasswordPolicy.
 */
export const passwordPolicy = (): Desired<'password-policy'> =>
  ours(
    'password-policy',
    'account',
    'global',
    {
      minimumLength: 14,
      requireSymbols: true,
      requireNumbers: true,
      requireUppercase: true,
      requireLowercase: true,
      usersMayChange: true,
      hardExpiry: false,
      reusePrevention: 24,
      maxAgeDays: null,
    },
    'A password that is guessed or reused opens the account, so every one is long, mixed and new.',
  );
