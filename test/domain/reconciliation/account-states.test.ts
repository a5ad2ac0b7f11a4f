/** What AWS lists of the accounts of active providers otherwise than history says is noted, by the payer on record alone. */
import { expect, test } from '@jest/globals';
import { compared } from '../../support/compared.js';

const recorded = (providerId: string, accountId: string, state?: string) => ({
  providerId,
  rootEmail: `${providerId}@vend.example`,
  creating: false,
  account: { accountId, payerId: 'payer-1', createdAt: '2026-01-01T00:00:00.000Z', ...(state ? { state } : {}) },
});
const listed = (accountId: string, state: string) => ({
  accountId,
  email: 'x@y.z',
  state,
  parentId: 'ou-1',
  owner: 'p',
});

test('news alone is noted, of active providers, at their own payer', () => {
  const history = [
    recorded('same', '1', 'ACTIVE'),
    recorded('suspended', '2', 'ACTIVE'),
    recorded('back', '3', 'CLOSED'),
    recorded('not-active-yet', '4'),
    recorded('elsewhere', '5', 'ACTIVE'),
    recorded('unsaid', '6', 'ACTIVE'),
  ];
  const accounts = [
    ['1', 'ACTIVE'],
    ['2', 'SUSPENDED'],
    ['3', 'ACTIVE'],
    ['4', 'CLOSED'],
    ['6', ''],
    ['7', 'CLOSED'],
  ];
  const listings = [
    { payerId: 'payer-1', unit: 'ou-1', accounts: accounts.map(([id = '', state = '']) => listed(id, state)) },
    { payerId: 'payer-2', unit: 'ou-2', accounts: [listed('5', 'CLOSED')] },
    { payerId: 'payer-3', unreadable: 'AccessDenied' },
  ];
  expect(compared(history, listings).states).toEqual([
    { providerId: 'suspended', state: 'SUSPENDED' },
    { providerId: 'back', state: 'ACTIVE' },
  ]);
});
