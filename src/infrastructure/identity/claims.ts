/** What the claims of a token say about its bearer. Identity providers put roles and organizations in different places and shapes. */
import type { JWTPayload } from 'jose';
import {
  type Caller,
  everyOrganization,
  InvalidToken,
  type Role,
  roles,
  type ServiceClaims,
} from '../../application/authorization/identity.js';

/** The names of members from the outside in; `*` stands for the only member of an object. */
export type ClaimPath = readonly string[];

export interface ClaimRules {
  readonly roles: ClaimPath;
  readonly organization: ClaimPath;
  /** For which organizations a service works; read of services alone. */
  readonly organizations: ClaimPath;
  /** Whether a service may accept terms; read of services alone. */
  readonly mayAcceptTerms: ClaimPath;
  /** The names by which the identity provider calls each role. */
  readonly roleNames: Readonly<Record<Role, readonly string[]>>;
}

/** Claims named as the roles and members of this program are. */
export const plainClaims: ClaimRules = {
  roles: ['roles'],
  organization: ['organization'],
  organizations: ['organizations'],
  mayAcceptTerms: ['may-accept-terms'],
  roleNames: {
    administrator: ['administrator'],
    member: ['member'],
    auditor: ['auditor'],
    operator: ['operator'],
    service: ['service'],
  },
};

/** A list names the members one by one; text is split at its dots, unless it is a URL, as namespaced claims are. */
export const claimPath = (stated: string | readonly string[]): ClaimPath =>
  typeof stated === 'string' ? (stated.includes('://') ? [stated] : stated.split('.')) : stated;

const opaqueId = /^[\x21-\x7e]{1,255}$/;
const email = /^[^@]+@[^@]+\.[^@]+$/;
const organizationId = /^[A-Za-z0-9-]{1,64}$/;

/** The caller that verified claims name. Subjects go into events for ever, so one that is plainly an e-mail is refused rather than stored. */
export function callerOf(rules: ClaimRules, issuer: string, claims: JWTPayload): Caller {
  const { sub } = claims;
  if (typeof sub !== 'string' || !opaqueId.test(sub))
    throw new InvalidToken('The claim sub is no id of 1 to 255 visible ASCII characters.');
  if (email.test(sub)) throw new InvalidToken('The claim sub is an e-mail address; it must be an opaque id.');
  const named = rolesNamed(rules, claims);
  const held = roles.filter((role) => rules.roleNames[role].some((name) => named.includes(name)));
  return {
    actor: `${issuer}#${sub}`,
    subject: sub,
    organization: organizationOf(rules, claims),
    roles: held,
    ...(held.includes('service') && { service: serviceOf(rules, claims) }),
  };
}

/** A list of ids, one as text, or an object with the ids as the names of its members; none where nothing is said. */
function serviceOf({ organizations: path, mayAcceptTerms }: ClaimRules, claims: JWTPayload): ServiceClaims {
  const claimed = at(path, claims);
  const listed = Array.isArray(claimed) ? claimed : isObject(claimed) ? Object.keys(claimed) : [claimed];
  const ids: readonly unknown[] = absent(claimed) ? [] : listed;
  const wrong = ids.find((id) => typeof id !== 'string' || !(id === everyOrganization || organizationId.test(id)));
  if (wrong !== undefined)
    throw new InvalidToken(`The claim ${path.join('.')} lists what is no id of 1 to 64 letters, digits and hyphens.`);
  const may = at(mayAcceptTerms, claims);
  return { organizations: ids as readonly string[], mayAcceptTerms: may === true || may === 'true' };
}

/** A list of names, one name as text, or an object that has them as the names of its members. */
function rolesNamed({ roles: path }: ClaimRules, claims: JWTPayload): readonly unknown[] {
  const claimed = at(path, claims);
  if (absent(claimed)) return [];
  if (Array.isArray(claimed)) return claimed;
  if (typeof claimed === 'string') return [claimed];
  if (isObject(claimed)) return Object.keys(claimed);
  throw new InvalidToken(`The claim ${path.join('.')} is neither a list, nor text, nor an object.`);
}

/** An id as text, a list of one id, or an object that has the id as the name of its only member. */
function organizationOf({ organization: path }: ClaimRules, claims: JWTPayload): string | undefined {
  const claimed = at(path, claims);
  if (absent(claimed)) return undefined;
  const ids = Array.isArray(claimed) ? claimed : isObject(claimed) ? Object.keys(claimed) : [claimed];
  const [id] = ids;
  if (ids.length === 0) return undefined;
  if (ids.length > 1)
    throw new InvalidToken(`The claim ${path.join('.')} names ${ids.length} organizations; a token is for one.`);
  if (typeof id === 'string' && organizationId.test(id)) return id;
  throw new InvalidToken(`The claim ${path.join('.')} is no id of 1 to 64 letters, digits and hyphens.`);
}

/** The value at the path; `undefined` where a member on the way is missing. */
function at(path: ClaimPath, claims: JWTPayload): unknown {
  let value: unknown = claims;
  for (const member of path) {
    if (!isObject(value)) return undefined;
    const name = member === '*' ? onlyMember(value, path) : member;
    value = name !== undefined && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}

function onlyMember(value: Readonly<Record<string, unknown>>, path: ClaimPath): string | undefined {
  const [name, ...more] = Object.keys(value);
  if (more.length > 0)
    throw new InvalidToken(`The claim ${path.join('.')} has ${more.length + 1} members where it may have one.`);
  return name;
}

const absent = (value: unknown): value is null | undefined => value === undefined || value === null;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
