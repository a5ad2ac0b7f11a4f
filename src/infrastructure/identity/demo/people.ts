/** The demo's identity provider as its directory knows it: who is who. The service itself never reads names from here. */
import { join } from 'node:path';
import type { Role } from '../../../application/authorization/identity.js';

export const demoIssuerUrl = 'https://demo.partner-cloud.example';
export const demoAudience = 'partner-cloud';
/** The programs that people sign in with, under one name. */
export const demoClient = 'partner-cloud';

/** Where the demo issuer publishes its public keys. */
export const jwksFile = (keysFolder: string): string => join(keysFolder, 'demo-jwks.json');

export interface DirectoryEntry {
  /** The opaque id, the only thing of a person that the service keeps. */
  readonly subject: string;
  readonly roles: readonly Role[];
  /** The organization that an administrator or member belongs to. */
  readonly organization?: string;
  /** The organizations that a service works for, `*` for all; and whether it may accept terms for them. */
  readonly organizations?: readonly string[];
  readonly mayAcceptTerms?: boolean;
  readonly name: string;
  readonly email: string;
}

export const demoPeople = {
  administrator: {
    subject: 'u-7f3a91c04be2',
    roles: ['administrator'],
    organization: 'acme',
    name: 'Ada Administrator',
    email: 'ada@acme.example',
  },
  member: {
    subject: 'u-2c85d1e6f09b',
    roles: ['member'],
    organization: 'acme',
    name: 'Mel Member',
    email: 'mel@acme.example',
  },
  auditor: { subject: 'u-b41e07a3d85c', roles: ['auditor'], name: 'Aude Auditor', email: 'aude@reseller.example' },
  operator: { subject: 'u-93d6f2b8017e', roles: ['operator'], name: 'Otis Operator', email: 'otis@reseller.example' },
  service: {
    subject: 's-5e20c7f9a14d',
    roles: ['service'],
    organizations: ['*'],
    name: 'Customer Directory',
    email: 'crm@reseller.example',
  },
  portal: {
    subject: 's-c07b96e2d318',
    roles: ['service'],
    organizations: ['acme'],
    mayAcceptTerms: true,
    name: 'Customer Portal',
    email: 'portal@reseller.example',
  },
  outsider: {
    subject: 'u-e81b3f5d6a70',
    roles: ['administrator'],
    organization: 'globex',
    name: 'Gus Globex',
    email: 'gus@globex.example',
  },
} as const satisfies Record<string, DirectoryEntry>;

export type DemoPerson = keyof typeof demoPeople;

/** What a token says of somebody, beside who it is. */
export const claimsOf = ({ roles, organization, organizations, mayAcceptTerms, name, email }: DirectoryEntry) => ({
  ...{ roles, name, email },
  ...(organization && { organization }),
  ...(organizations && { organizations }),
  ...(mayAcceptTerms && { 'may-accept-terms': true }),
});

/** What a token says of a service that is told otherwise than the directory has it. */
export type ServiceTold = Pick<DirectoryEntry, 'organizations' | 'mayAcceptTerms'>;

/** Whether the directory has somebody of this name. */
export const isDemoPerson = (name: string): name is DemoPerson => Object.hasOwn(demoPeople, name);
