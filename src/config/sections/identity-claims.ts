/** Where an identity provider's tokens say roles and organizations, and how it calls each role. */
import type { Role } from '../../application/authorization/identity.js';
import { plainClaims } from '../../infrastructure/identity/claims.js';
import { Is } from '../decorators.js';
import { listOf, plainText, type Rule } from '../rules.js';

/** Where in a token a claim is: text with dots between the members, or their names as a list. */
const claim: Rule = {
  allowed:
    "the names of members with dots between them, such as realm_access.roles, or as a list; '*' is an only member",
  problem: (value) => (Array.isArray(value) ? listOf(plainText).problem(value) : plainText.problem(value)),
};

type Claim = string | readonly string[];

export class ClaimSettings {
  @Is(claim) readonly roles: Claim = plainClaims.roles;
  @Is(claim) readonly organization: Claim = plainClaims.organization;
  @Is(claim) readonly organizations: Claim = plainClaims.organizations;
  @Is(claim) readonly mayAcceptTerms: Claim = plainClaims.mayAcceptTerms;
}

const names = listOf(plainText);

export class RoleNames implements Record<Role, readonly string[]> {
  @Is(names) readonly administrator: readonly string[] = plainClaims.roleNames.administrator;
  @Is(names) readonly member: readonly string[] = plainClaims.roleNames.member;
  @Is(names) readonly auditor: readonly string[] = plainClaims.roleNames.auditor;
  @Is(names) readonly operator: readonly string[] = plainClaims.roleNames.operator;
  @Is(names) readonly service: readonly string[] = plainClaims.roleNames.service;
}
