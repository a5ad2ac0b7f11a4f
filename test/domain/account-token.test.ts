/** The name of an account leads back to its provider, and nobody else's name does. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accountNameOf, providerOfAccountName } from '../../src/domain/account-token.js';

test('an account name leads back to the provider it was made for', () => {
  fc.assert(fc.property(fc.uuid(), (id) => providerOfAccountName(accountNameOf(id)) === id));
});

test.each([
  '',
  'Production',
  'ctl-',
  'ctl-short',
  `ctl-${'z'.repeat(26)}`,
  `ctl-${'0'.repeat(25)}i`,
  `my-${'0'.repeat(26)}`,
])('%j is the name of no account of ours', (name) => {
  expect(providerOfAccountName(name)).toBeUndefined();
});
