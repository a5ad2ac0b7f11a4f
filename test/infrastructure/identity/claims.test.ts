/** Identity providers put roles and organizations in different places and shapes. */
import { describe, expect, test } from '@jest/globals';
import type { JWTPayload } from 'jose';
import { InvalidToken } from '../../../src/application/authorization/identity.js';
import { type ClaimRules, callerOf, claimPath, plainClaims } from '../../../src/infrastructure/identity/claims.js';

const caller = (rules: Partial<ClaimRules>, claims: JWTPayload) =>
  callerOf({ ...plainClaims, ...rules }, 'https://identity.example', { sub: 'u-1', ...claims });

test('a path is text with dots, a URL as one member, or the members one by one', () => {
  expect(claimPath('realm_access.roles')).toEqual(['realm_access', 'roles']);
  expect(claimPath('https://reseller.example/roles')).toEqual(['https://reseller.example/roles']);
  expect(claimPath(['resource_access', 'my.client', 'roles'])).toEqual(['resource_access', 'my.client', 'roles']);
});

describe('roles', () => {
  test.each<readonly [string, ClaimRules['roles'], JWTPayload]>([
    [
      'nested, as Keycloak has them',
      ['realm_access', 'roles'],
      { realm_access: { roles: ['member', 'offline_access'] } },
    ],
    [
      'of one client, whose name has a dot',
      ['resource_access', 'a.b', 'roles'],
      { resource_access: { 'a.b': { roles: ['member'] } } },
    ],
    [
      'under a namespace, as Auth0 has them',
      ['https://reseller.example/roles'],
      { 'https://reseller.example/roles': ['member'] },
    ],
    ['a single one as text', ['roles'], { roles: 'member' }],
    ['members of an object, as Zitadel has them', ['urn:roles'], { 'urn:roles': { member: { '1': 'acme' } } }],
  ])('%s', (_name, roles, claims) => {
    expect(caller({ roles }, claims).roles).toEqual(['member']);
  });

  test('have the names that the configuration gives them, and no others', () => {
    const roleNames = { ...plainClaims.roleNames, operator: ['pc-ops', 'pc-oncall'] };
    expect(caller({ roleNames }, { roles: ['pc-oncall', 'member'] }).roles).toEqual(['member', 'operator']);
    expect(caller({ roleNames }, { roles: ['operator'] }).roles).toEqual([]);
  });

  test.each<readonly [string, JWTPayload]>([
    ['there is no such member', {}],
    ['a member on the way is text', { realm_access: 'roles' }],
    ['it is one that every object inherits', { realm_access: {} }],
    ['it is null', { realm_access: { roles: null } }],
  ])('are none where %s', (_name, claims) => {
    expect(caller({ roles: ['realm_access', 'roles'] }, claims).roles).toEqual([]);
    expect(caller({ roles: ['constructor', 'name'] }, claims).roles).toEqual([]);
  });
});

describe('an organization', () => {
  test.each<readonly [string, ClaimRules['organization'], JWTPayload]>([
    ['as text', ['organization'], { organization: 'acme' }],
    ['of an object with an id', ['organization', 'id'], { organization: { id: 'acme', name: 'Acme' } }],
    ['that names the only member, as Keycloak has it', ['organization'], { organization: { acme: {} } }],
    ['inside the only member', ['organization', '*', 'id'], { organization: { 'Acme Ltd.': { id: 'acme' } } }],
    ['the only one of a list', ['organization'], { organization: ['acme'] }],
    ['under a namespace', ['https://reseller.example/org'], { 'https://reseller.example/org': 'acme' }],
  ])('%s', (_name, organization, claims) => {
    expect(caller({ organization }, claims).organization).toBe('acme');
  });

  test('is none where the claim is missing or empty', () => {
    for (const organization of [undefined, null, [], {}])
      expect(caller({}, { organization }).organization).toBeUndefined();
    expect(caller({ organization: ['organization', '*', 'id'] }, { organization: {} }).organization).toBeUndefined();
  });

  test.each<readonly [string, unknown, RegExp]>([
    ['two in a list', ['acme', 'globex'], /names 2 organizations/],
    ['two members', { acme: {}, globex: {} }, /names 2 organizations/],
    ['a number', 7, /is no id/],
    ['a path', 'a/b', /is no id/],
  ])('is refused where there are %s', (_name, organization, words) => {
    expect(() => caller({}, { organization })).toThrow(InvalidToken);
    expect(() => caller({}, { organization })).toThrow(words);
  });

  test('is refused where two members stand for the only one', () => {
    const organization = { acme: { id: 'a' }, globex: { id: 'b' } };
    expect(() => caller({ organization: ['organization', '*', 'id'] }, { organization })).toThrow(/has 2 members/);
  });
});

describe('a service', () => {
  const service = (claims: JWTPayload, rules: Partial<ClaimRules> = {}) =>
    caller(rules, { roles: ['service'], ...claims }).service;

  test.each<readonly [string, unknown, readonly string[]]>([
    ['a list', ['acme', 'globex'], ['acme', 'globex']],
    ['one as text', 'acme', ['acme']],
    ['members of an object', { acme: {}, globex: {} }, ['acme', 'globex']],
    ['all', ['*'], ['*']],
    ['nothing', undefined, []],
    ['an empty list', [], []],
  ])('works for the organizations of its token: %s', (_name, organizations, expected) => {
    expect(service({ organizations })).toEqual({ organizations: expected, mayAcceptTerms: false });
  });

  test('may accept terms where its token says true', () => {
    const may = (claim: unknown) => service({ 'may-accept-terms': claim })?.mayAcceptTerms;
    expect([true, 'true', 'yes', 1, undefined].map(may)).toEqual([true, true, false, false, false]);
    const rules = { organizations: ['tenants'], mayAcceptTerms: ['may', 'terms'] };
    expect(service({ tenants: ['acme'], may: { terms: true } }, rules)).toEqual({
      organizations: ['acme'],
      mayAcceptTerms: true,
    });
  });

  test('is refused where it lists what is no id, and nobody else is asked', () => {
    for (const organizations of [['a/b'], [7], 7, ['acme', null]])
      expect(() => service({ organizations })).toThrow(/lists what is no id/);
    expect(caller({}, { roles: ['member'], organizations: 7 }).service).toBeUndefined();
  });
});
