/** What is found when history and AWS's lists differ, and what is left alone. */
import { describe, expect, test } from '@jest/globals';
import type {
  ListedAccount,
  Listing,
  RecordedAccount,
  RecordedProvider,
} from '../../../src/domain/reconciliation/accounts.js';
import type { Premises } from '../../../src/domain/reconciliation/reconciliation.js';
import { compared } from '../../support/compared.js';

const at = '2026-11-24T12:00:00.000Z';
const yesterday = '2026-11-23T12:00:00.000Z';
const justNow = '2026-11-24T11:50:00.000Z';
const unit = 'ou-pay1-customers1';
const email = 'aws+0123456789abcdefghjkmnpqrs@vend.example';
const otherEmail = 'aws+zzzzzzzzzzzzzzzzzzzzzzzzzz@vend.example';

const account: RecordedAccount = {
  accountId: '123456789012',
  payerId: 'payer-1',
  createdAt: yesterday,
  linkedAt: yesterday,
};
const { linkedAt, ...unlinked } = account;
const provider: RecordedProvider = { providerId: 'p1', rootEmail: email, creating: false, account };
const bare: RecordedProvider = { providerId: 'p1', rootEmail: email, creating: false };
const seen: ListedAccount = { accountId: account.accountId, email, state: 'ACTIVE', parentId: unit, owner: 'p1' };

const listing = (...accounts: readonly ListedAccount[]): Listing => ({ payerId: 'payer-1', unit, accounts });
const elsewhere = (...accounts: readonly ListedAccount[]): Listing => ({ payerId: 'payer-2', unit: 'ou-2', accounts });
const broken: Listing = { payerId: 'payer-1', unreadable: 'AccessDenied' };

const found = (recorded: readonly RecordedProvider[], listings: readonly Listing[], more: Partial<Premises> = {}) =>
  compared(recorded, listings, { at, ...more }).findings;
const kinds = (...given: Parameters<typeof found>) => found(...given).map(({ kind }) => kind);

test('what is as it should be is no finding', () => {
  expect(found([provider], [listing(seen), elsewhere()])).toEqual([]);
  expect(found([provider], [listing({ ...seen, email: email.toUpperCase() })])).toEqual([]);
  expect(found([provider], [listing({ ...seen, state: 'PENDING_ACTIVATION' })])).toEqual([]);
});

describe('a recorded account', () => {
  test.each<[string, Partial<ListedAccount>, RegExp, RegExp]>([
    ['account-suspended', { state: 'SUSPENDED' }, /suspended/, /support/],
    ['account-closed', { state: 'PENDING_CLOSURE' }, /PENDING_CLOSURE/, /within 90 days/],
    ['account-closed', { state: 'CLOSED' }, /CLOSED/, /Ask who closed it/],
    ['account-moved', { parentId: 'r-pay1' }, /in r-pay1 and not in .*ou-pay1-customers1/, /MoveAccount/],
    ['account-untagged', { owner: undefined }, /lost the tag/, /to p1 again/],
    ['account-of-another', { owner: 'p9' }, /another provider, p9/, /to p1 again/],
    ['email-changed', { email: 'someone@example.org' }, /not the one on record/, /change it back/],
  ])('is %s when it shows %j', (kind, change, words, action) => {
    const place = { payerId: 'payer-1', accountId: account.accountId, providerId: 'p1' };
    const one = { kind, ...place, words: expect.stringMatching(words), action: expect.stringMatching(action) };
    expect(found([provider], [listing({ ...seen, ...change })])).toEqual([one]);
  });

  test('is missing when no payer lists it, and found when another does', () => {
    expect(found([provider], [listing(), elsewhere()])).toMatchObject([
      { kind: 'account-missing', payerId: 'payer-1' },
    ]);
    const [one, ...others] = found([provider], [listing(), elsewhere({ ...seen, parentId: 'ou-2' })]);
    expect([one, others]).toMatchObject([{ kind: 'account-elsewhere', payerId: 'payer-2' }, []]);
    expect(one?.words).toMatch(/on record, payer-1/);
  });

  test('that is young is left alone until AWS’s lists have settled', () => {
    const young = { ...provider, account: { ...unlinked, createdAt: justNow } };
    expect(kinds([young], [listing()])).toEqual([]);
    expect(kinds([young], [listing({ ...seen, parentId: 'r-pay1', owner: undefined })])).toEqual([]);
    const justLinked = { ...provider, account: { ...account, linkedAt: justNow } };
    expect(kinds([justLinked], [listing({ ...seen, parentId: 'r-pay1', owner: undefined })])).toEqual([]);
  });

  test('that left while the list was read is not called moved', () => {
    expect(kinds([provider], [listing({ ...seen, parentId: undefined })])).toEqual([]);
  });

  test('shows each difference by itself', () => {
    const changed = { ...seen, state: 'SUSPENDED', parentId: 'r-pay1', owner: undefined };
    expect(kinds([provider], [listing(changed)])).toEqual(['account-suspended', 'account-moved', 'account-untagged']);
  });
});

describe('an account that no provider has on record', () => {
  const stray: ListedAccount = { ...seen, accountId: '999999999999' };

  test.each<[string, Partial<ListedAccount>, string]>([
    ['with a tag of ours', { email: 'x@example.org', owner: 'gone' }, 'account-unrecorded'],
    ['with an e-mail address of ours', { email: otherEmail, owner: undefined }, 'account-unrecorded'],
    ['with neither', { email: 'x@example.org', owner: undefined }, 'account-unknown'],
    [
      'whose e-mail address only begins like ours',
      { email: 'aws+x@vend.example', owner: undefined },
      'account-unknown',
    ],
    [
      'whose e-mail address fits only a careless pattern',
      { email: otherEmail.replace('vend.', 'vendx'), owner: undefined },
      'account-unknown',
    ],
  ])('%s', (_, change, kind) => {
    expect(kinds([provider], [listing(seen, { ...stray, ...change })])).toEqual([kind]);
  });

  test('is told with its provider, which may be resumed if it is halted', () => {
    const [one] = found([bare], [listing({ ...stray, owner: undefined })]);
    expect(one).toMatchObject({
      kind: 'account-unrecorded',
      providerId: 'p1',
      action: expect.stringMatching(/resume it/),
    });
  });

  test.each<[string, readonly RecordedProvider[], Partial<ListedAccount>]>([
    ['known by its tag alone', [], {}],
    ['known by its e-mail address', [bare], { owner: undefined }],
    ['set aside while its account was made', [{ ...bare, creating: true }], {}],
  ])('is left alone when its provider is set aside: %s', (_, recorded, change) => {
    const [one, ...others] = found(recorded, [listing({ ...stray, ...change })], { isSetAside: (id) => id === 'p1' });
    const action = expect.stringMatching(/^Leave it as it is/);
    expect([one, others]).toMatchObject([{ kind: 'account-set-aside', providerId: 'p1', action }, []]);
  });

  test('is no finding while it is being made', () => {
    expect(kinds([{ ...bare, creating: true }], [listing(stray)])).toEqual([]);
    expect(kinds([{ ...bare, creating: true }], [listing({ ...stray, owner: undefined })])).toEqual([]);
  });

  test('that bears the tag of a provider with another account is told as its double', () => {
    const doubled = {
      kind: 'account-doubled',
      accountId: stray.accountId,
      words: expect.stringMatching(/123456789012/),
    };
    expect(found([provider], [listing(seen, { ...stray, email: 'x@example.org' })])).toMatchObject([doubled]);
  });
});

test('a payer that cannot be read is a finding itself, and nothing is said of its accounts', () => {
  const findings = found([provider], [broken, elsewhere()]);
  expect(findings).toMatchObject([{ kind: 'payer-unreadable', payerId: 'payer-1' }]);
  expect(findings[0]?.words).toMatch(/cannot be listed: AccessDenied/);
  expect(kinds([provider], [broken, elsewhere(seen)])).toEqual(['payer-unreadable', 'account-elsewhere']);
});
