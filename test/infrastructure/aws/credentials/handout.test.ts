/** What a handout is made of: a password that policies accept, and the place to sign in. */
import { expect, test } from '@jest/globals';
import { waitMs } from '../../../../src/infrastructure/aws/calls/step-results.js';
import { loginUrl } from '../../../../src/infrastructure/aws/credentials/issue-credentials.js';
import { temporaryPassword } from '../../../../src/infrastructure/aws/credentials/temporary-password.js';

test('a temporary password holds all kinds of characters that policies ask for', () => {
  const made = Array.from({ length: 200 }, temporaryPassword);
  expect(new Set(made).size).toBe(200);
  for (const password of made) {
    expect(password).toHaveLength(24);
    for (const kind of [/[A-Z].*[A-Z]/, /[a-z].*[a-z]/, /\d.*\d/, /[!@#$%^*()_+\-=[\]{}|].*[!@#$%^*()_+\-=[\]{}|]/])
      expect(password).toMatch(kind);
    expect(password).toMatch(/^[A-Za-z0-9!@#$%^*()_+\-=[\]{}|]+$/);
  }
});

test('waits grow and stay within a minute', () => {
  for (const tries of [0, 1, 5, 100]) {
    const full = Math.min(60_000, 1_000 * 2 ** Math.min(tries, 10));
    expect(waitMs(tries)).toBeGreaterThanOrEqual(full / 2);
    expect(waitMs(tries)).toBeLessThanOrEqual(full);
  }
});

test('the administrator signs in under the account id', () => {
  expect(loginUrl('', '123456789012')).toBe('https://123456789012.signin.aws.amazon.com/console');
  expect(loginUrl('http://127.0.0.1:4599/', '123456789012')).toBe('http://127.0.0.1:4599/signin/123456789012/console');
});
