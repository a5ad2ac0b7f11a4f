/** Whose tokens are believed. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { roles } from '../../application/authorization/identity.js';
import { type ClaimRules, claimPath, plainClaims } from '../../infrastructure/identity/claims.js';
import { demoAudience, demoIssuerUrl, jwksFile } from '../../infrastructure/identity/demo/people.js';
import { Group, Is } from '../decorators.js';
import { fileOrAddress, isThisMachine, orEmpty, plainText, repeated, wholeNumber } from '../rules.js';
import type { BasePaths, Check, Section } from '../section.js';
import type { AwsSettings } from './aws.js';
import { ClaimSettings, RoleNames } from './identity-claims.js';
import type { ServerSettings } from './server.js';

export class IdentitySettings {
  @Is(plainText) readonly issuer!: string;
  @Is(plainText) readonly audience!: string;
  @Is(orEmpty(fileOrAddress, 'the demo issuer')) readonly jwks: string = '';
  /** While the keys cannot be had, those that were read last are used for so long. */
  @Is(wholeNumber(1, 720)) readonly lastKnownKeysHours: number = 24;
  @Group(() => ClaimSettings) readonly claims: ClaimSettings = new ClaimSettings();
  @Group(() => RoleNames) readonly roleNames: RoleNames = new RoleNames();
}

interface Identity {
  readonly issuer: string;
  readonly audience: string;
  /** A URL, or the absolute path of a file. */
  readonly jwks: string;
  /** The keys are those of the demo issuer, which somebody must have opened to make them. */
  readonly demo: boolean;
  readonly lastKnownForMs: number;
  readonly claims: ClaimRules;
}

const hourMs = 3_600_000;

interface Needs {
  readonly aws: Pick<AwsSettings, 'endpoint'>;
  readonly server: Pick<ServerSettings, 'host'>;
  readonly identity: Identity;
}

const demoIssuerSignsAsItself: Check<Needs> = ({ identity }) =>
  Object.entries({ issuer: demoIssuerUrl, audience: demoAudience })
    .filter(([member, demo]) => identity.demo && identity[member as 'issuer' | 'audience'] !== demo)
    .map(([member, demo]) => ({
      path: `identity.${member}`,
      value: identity[member as 'issuer' | 'audience'],
      problem: 'is not what the demo issuer writes into its tokens',
      allowed: `${demo}, or that of an identity provider whose keys identity.jwks names`,
    }));

/** Whoever can read its key file may sign as anybody, so its tokens must open nothing that is real. */
const demoIssuerForTryingOut: Check<Needs> = ({ identity, aws, server }) => {
  if (!identity.demo) return [];
  const allowed = 'an identity provider in identity.jwks; the demo issuer is for the simulator on this machine alone';
  const host = URL.parse(aws.endpoint)?.hostname;
  const real = host === undefined || !isThisMachine(host);
  const open = !isThisMachine(server.host);
  return [
    ...(real ? [{ path: 'identity.jwks', problem: "is '' beside an AWS that is not on this machine", allowed }] : []),
    ...(open ? [{ path: 'identity.jwks', problem: `is '' while others reach ${server.host}`, allowed }] : []),
  ];
};

const demoIssuerNamesClaims: Check<Needs> = ({ identity: { demo, claims } }) =>
  demo && !isDeepStrictEqual(claims, plainClaims)
    ? [
        {
          path: 'identity.claims',
          problem: 'or identity.roleNames is not as the demo issuer writes it',
          allowed: 'neither of both, or an identity provider whose keys identity.jwks names',
        },
      ]
    : [];

const roleNamesOnce: Check<Needs> = ({ identity: { claims } }) => {
  const named = roles.flatMap((role) => claims.roleNames[role].map((name) => ({ role, name })));
  return repeated(named.map(({ name }) => name)).map((index) => ({
    path: `identity.roleNames.${named[index]?.role}`,
    value: named[index]?.name,
    problem: 'is the name of another role already',
    allowed: 'each name for one role',
  }));
};

const identityKeysThere: Check<Needs> = ({ identity: { demo, jwks } }) =>
  demo || jwks.includes('://') || existsSync(jwks)
    ? []
    : [{ path: 'identity.jwks', value: jwks, problem: 'does not exist', allowed: 'a JWKS file or an https URL' }];

function used(stated: IdentitySettings, { folders, beside }: BasePaths): Identity {
  const { issuer, audience, jwks, lastKnownKeysHours, claims, roleNames } = stated;
  const demo = jwks === '';
  return {
    issuer,
    audience,
    demo,
    jwks: demo ? jwksFile(folders.keys) : jwks.includes('://') ? jwks : beside(jwks),
    lastKnownForMs: lastKnownKeysHours * hourMs,
    claims: {
      roles: claimPath(claims.roles),
      organization: claimPath(claims.organization),
      organizations: claimPath(claims.organizations),
      mayAcceptTerms: claimPath(claims.mayAcceptTerms),
      roleNames: { ...roleNames },
    },
  };
}

export const identity: Section<IdentitySettings, Identity, Needs> = {
  rule: Group(() => IdentitySettings),
  overrides: [
    {
      variable: 'PARTNER_CLOUD_IDENTITY_JWKS',
      setting: 'jwks',
      rule: fileOrAddress,
      read: (text) => (text.includes('://') ? text : resolve(text)),
    },
  ],
  used,
  checks: [demoIssuerForTryingOut, demoIssuerSignsAsItself, demoIssuerNamesClaims, roleNamesOnce, identityKeysThere],
};
