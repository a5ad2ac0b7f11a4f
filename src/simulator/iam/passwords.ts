/** Passwords against the account's policy: which rules one breaks, and its hash, the only thing that is kept. */
import { scryptSync } from 'node:crypto';
import type { Documents } from '../engine/core.js';
import { kinds } from './documents.js';

/**
 * The account's password policy. 0 for age and reuse means that there is no such rule.
 * Kind `iam-password-policy`, key `account`. Source: IAM API, UpdateAccountPasswordPolicy.
 */
export interface PasswordPolicyDocument {
  readonly minimumLength: number;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly usersMayChange: boolean;
  readonly hardExpiry: boolean;
  readonly maxAgeDays: number;
  readonly reusePrevention: number;
}

/** The key of the only password policy an account has. */
export const policyKey = 'account';

/** The policy that the account set, or `undefined` while AWS's own default is in force. */
export const policyOf = (documents: Documents, account: string): PasswordPolicyDocument | undefined =>
  documents.get<PasswordPolicyDocument>(kinds.passwordPolicy, account, policyKey);

/** The symbols that count. Source: IAM API, PasswordPolicy, RequireSymbols. */
const symbols = "!@#$%^&*()_+-=[]{}|'";
const has = (password: string, test: (character: string) => boolean): boolean => [...password].some(test);
const classes = {
  uppercase: (character: string) => character >= 'A' && character <= 'Z',
  lowercase: (character: string) => character >= 'a' && character <= 'z',
  number: (character: string) => character >= '0' && character <= '9',
  symbol: (character: string) => symbols.includes(character),
} as const;

/**
 * The rules a password breaks, in AWS's words; none when it is good. Without a policy AWS's default holds: 8 characters
 * and three of the four classes. Source: IAM User Guide, Setting an account password policy.
 */
export function brokenRules(password: string, policy: PasswordPolicyDocument | undefined): readonly string[] {
  if (password.length > 128) return ['Password should have a maximum length of 128'];
  return policy ? brokenOwn(password, policy) : brokenDefault(password);
}

function brokenDefault(password: string): readonly string[] {
  const kindsUsed = Object.values(classes).filter((test) => has(password, test)).length;
  return [
    ...(password.length < 8 ? ['Password should have a minimum length of 8'] : []),
    ...(kindsUsed < 3
      ? ['Password should have at least three of: uppercase letters, lowercase letters, numbers, symbols']
      : []),
  ];
}

function brokenOwn(password: string, policy: PasswordPolicyDocument): readonly string[] {
  const required = [
    [policy.requireUppercase, classes.uppercase, 'uppercase letter'],
    [policy.requireLowercase, classes.lowercase, 'lowercase letter'],
    [policy.requireNumbers, classes.number, 'number'],
    [policy.requireSymbols, classes.symbol, 'symbol'],
  ] as const;
  return [
    ...(password.length < policy.minimumLength
      ? [`Password should have a minimum length of ${policy.minimumLength}`]
      : []),
    ...required
      .filter(([wanted, test]) => wanted && !has(password, test))
      .map(([, , what]) => `Password should have at least one ${what}`),
  ];
}

/**
 * The hash of a user's password. The user's unique id is the salt: one salt a user makes comparing with the 24 former
 * passwords one computation. The cost is low because these are passwords of a simulation.
 */
export const hashOf = (userId: string, password: string): string =>
  scryptSync(password, userId, 32, { N: 1024 }).toString('hex');

/** Days since the password was set are more than the policy allows. */
export function isExpired(policy: PasswordPolicyDocument | undefined, setAt: number, now: number): boolean {
  const dayMs = 24 * 60 * 60 * 1000;
  return policy !== undefined && policy.maxAgeDays > 0 && now - setAt > policy.maxAgeDays * dayMs;
}
