/** An account is rootless only when AWS says of each credential of root that there is none. */
import { expect, test } from '@jest/globals';
import { rootProbe } from '../../../../src/infrastructure/aws/creation/root-credentials.js';

const none = {
  AccountPasswordPresent: 0,
  AccountAccessKeysPresent: 0,
  AccountSigningCertificatesPresent: 0,
  AccountMFAEnabled: 0,
};

test('none of them', () => {
  expect(rootProbe({ ...none, Users: 3 })).toBe('rootless');
});

test.each([
  [{ AccountPasswordPresent: 1 }, 'root has a password'],
  [{ AccountAccessKeysPresent: 2, AccountMFAEnabled: 1 }, 'root has access keys, an MFA device'],
  [{ AccountSigningCertificatesPresent: 1 }, 'root has signing certificates'],
])('%j', (some, said) => {
  expect(rootProbe({ ...none, ...some })).toBe(said);
});

test('what AWS does not say counts as being there', () => {
  const { AccountPasswordPresent: _unsaid, ...others } = none;
  expect(rootProbe(others)).toBe('root has a password');
});
