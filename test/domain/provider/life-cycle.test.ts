import { test } from '@jest/globals';
import { given } from '../../support/given.js';
import * as s from '../../support/story.js';

const withdraw = { type: 'Withdraw' } as const;
const rename = (name: string) => ({ type: 'Rename', name }) as const;
const resume = { type: 'Resume' } as const;
const reissue = { type: 'Reissue', resetMfa: false } as const;
const withdrawn = { type: 'ProviderWithdrawn' } as const;

test('a provider can be withdrawn before a payer is assigned, and not after', () => {
  given(s.providerRequested).when(withdraw).then(withdrawn).and.again.thenNothing();
  given(s.providerRequested, s.termsAccepted).when(withdraw).then(withdrawn).and.again.thenNothing();
  given(s.providerRequested, s.termsAccepted, s.payerAssigned())
    .when(withdraw)
    .thenRefused('wrong-stage', /no longer be withdrawn/);
  given(...s.active)
    .when(withdraw)
    .thenRefused('wrong-stage', /no longer be withdrawn/);
});

test('a provider that AWS was asked for is not withdrawn, for a lost call may have made its account', () => {
  given(...s.created.slice(0, 4), s.payerRefused())
    .when(withdraw)
    .thenRefused('wrong-stage', /no longer be withdrawn/);
  given(...s.created.slice(0, 3), s.halted(), s.resumed)
    .when(withdraw)
    .thenRefused('wrong-stage', /no longer be withdrawn/);
});

test('a provider can be renamed at any stage but the last', () => {
  given(s.providerRequested)
    .when(rename('Test'))
    .then({ type: 'ProviderRenamed', name: 'Test' })
    .and.again.thenNothing();
  given(...s.active)
    .when(rename(' Test '))
    .then({ type: 'ProviderRenamed', name: 'Test' })
    .and.again.thenNothing();
  given(...s.created.slice(0, 4), s.halted())
    .when(rename('Test'))
    .then({ type: 'ProviderRenamed', name: 'Test' });
  given(s.providerRequested, withdrawn)
    .when(rename('Test'))
    .thenRefused('wrong-stage', /withdrawn/);
  given(s.providerRequested).when(rename('')).thenRefused('invalid', /empty/);
});

test('a halted provider is resumed at its step; one that moves needs no resume', () => {
  const history = [...s.created.slice(0, 4), s.halted()];
  given(...history)
    .when(resume)
    .then(s.resumed)
    .and.again.thenNothing();
  given(...history).thenOwed();
  given(...history, s.resumed).thenOwed('AssignPayer');
  given(...s.active, s.halted('SettleCredentials'), {
    type: 'ProvisioningResumed',
    step: 'SettleCredentials',
  }).thenOwed('SettleCredentials');
  given(...s.created)
    .when(resume)
    .thenNothing();
});

test('new credentials are asked for once at a time, each a generation of its own', () => {
  given(...s.active, s.claimed())
    .when(reissue)
    .then(s.reissued(2))
    .and.again.thenNothing();
  given(...s.active)
    .when(reissue)
    .then(s.reissued(2));
  given(...s.active, s.reissued(2), s.credentialsIssued(2), s.expired(2))
    .when(reissue)
    .then(s.reissued(3));
  given(...s.hardened)
    .when(reissue)
    .thenRefused('wrong-stage', /no credentials yet/);
  given(...s.active, s.halted('SettleCredentials'))
    .when(reissue)
    .thenRefused('wrong-stage', /halted/);
});

test('history that breaks the life cycle is corrupt', () => {
  given(s.termsAccepted).thenCorrupt();
  given(s.providerRequested, s.providerRequested).thenCorrupt();
  given(s.providerRequested, s.payerAssigned()).thenCorrupt();
  given(...s.created, s.accountCreated()).thenCorrupt();
  given(...s.created, s.accountReady).thenCorrupt();
  given(...s.active, s.credentialsIssued()).thenCorrupt();
  given(...s.active, s.claimed(2)).thenCorrupt();
  given(s.providerRequested, s.resumed).thenCorrupt();
  given(s.providerRequested, s.halted()).thenCorrupt();
  given(...s.created.slice(0, 4), s.halted(), s.resumed, s.creationRequested('car-2')).thenCorrupt();
  given(...s.created.slice(0, 4), s.halted(), s.resumed, s.payerAssigned('payer-2')).thenCorrupt();
});
