import { expect, test } from '@jest/globals';
import { given } from '../../support/given.js';
import {
  acceptTerms,
  created,
  currentTerms,
  eligible,
  halted,
  providerRequested,
  requestProvider,
  termsAccepted,
} from '../../support/story.js';

const refused = { ...requestProvider, facts: { ...eligible, billable: false, demo: true }, territory: 'UK' };
const { type, origin, rootEmail, accountName, ...refusedFacts } = refused;
const providerRefused = {
  ...refusedFacts,
  type: 'ProviderRefused' as const,
  reasons: ['not-billable', 'demo', 'no-office-in-territory'] as const,
};

test('an eligible request is recorded once', () => {
  given().when(requestProvider).then(providerRequested).and.again.thenNothing();
});

test('an ineligible request is recorded as refused, with every reason, once', () => {
  given().when(refused).then(providerRefused).and.again.thenNothing();
});

test('the same key with another body is refused', () => {
  given(providerRequested)
    .when({ ...requestProvider, requestDigest: 'other' })
    .thenRefused('idempotency-key-reused', /another request/);
});

test('names are trimmed', () => {
  given()
    .when({ ...requestProvider, name: '  Production ' })
    .then(providerRequested);
});

test.each([
  ['', /empty/],
  ['   ', /empty/],
  ['x'.repeat(65), /65 characters, at most 64/],
  ['a\nb', /cannot be printed/],
  ['a\u202eb', /cannot be printed/],
])('the name %j is refused', (name, words) => {
  const refusal = given()
    .when({ ...requestProvider, name })
    .thenRefused('invalid', words);
  expect(refusal.fields.map((f) => f.field)).toEqual(['name']);
});

test('64 characters are counted as a person counts', () => {
  const name = '🦉'.repeat(64);
  given()
    .when({ ...requestProvider, name })
    .then({ ...providerRequested, name } as typeof providerRequested);
});

test('terms are accepted once', () => {
  given(providerRequested).when(acceptTerms).then(termsAccepted).and.again.thenNothing();
});

test('accepting again later, even while halted, records nothing', () => {
  given(...created)
    .when(acceptTerms)
    .thenNothing();
  given(...created.slice(0, 4), halted())
    .when(acceptTerms)
    .thenNothing();
});

test('a stale version names the field and says what is current', () => {
  const documents = acceptTerms.documents.map((d) => (d.party === 'aws' ? { ...d, version: '2017-01' } : d));
  const refusal = given(providerRequested)
    .when({ ...acceptTerms, documents })
    .thenRefused('stale-terms', /current version is.*2018-07/i);
  expect(refusal.fields.map((f) => f.field)).toEqual(['documents[1].version']);
  expect(refusal.details).toEqual({ current: currentTerms });
});

test('a wrong digest and a missing party are both named', () => {
  const documents = [{ ...acceptTerms.documents[0], party: 'reseller' as const, version: '2018-07', digest: 'wrong' }];
  const refusal = given(providerRequested)
    .when({ ...acceptTerms, documents })
    .thenRefused('stale-terms', /not the terms in force/);
  expect(refusal.fields.map((f) => f.field)).toEqual(['documents[0].digest', 'documents']);
});

test.each([[[]], [acceptTerms.documents]])('where no terms are in force nothing can be accepted: %j', (documents) => {
  const refusal = given(providerRequested)
    .when({ ...acceptTerms, documents, current: [] })
    .thenRefused('stale-terms', /No terms are in force/);
  expect(refusal.fields.map((f) => f.field)).toEqual(['documents']);
  expect(refusal.details).toEqual({ current: [] });
});

test('eligibility is checked again when terms are accepted', () => {
  const facts = { ...eligible, customerOfReseller: true };
  given(providerRequested)
    .when({ ...acceptTerms, facts })
    .thenRefused('ineligible', /customer of another reseller/);
});

test('terms of an unknown, refused or withdrawn provider cannot be accepted', () => {
  given()
    .when(acceptTerms)
    .thenRefused('not-found', /no such provider/i);
  given(providerRefused)
    .when(acceptTerms)
    .thenRefused('wrong-stage', /refused/);
  given(providerRequested, { type: 'ProviderWithdrawn' })
    .when(acceptTerms)
    .thenRefused('wrong-stage', /withdrawn/);
});
