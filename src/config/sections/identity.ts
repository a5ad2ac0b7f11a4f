/** Whose tokens are believed. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { demoAudience, demoIssuerUrl, jwksFile } from '../../infrastructure/identity/demo-people.js';
import { Group, Is } from '../decorators.js';
import { fileOrAddress, orEmpty, plainText } from '../rules.js';
import type { Check, Place, Section } from '../section.js';

export class IdentitySettings {
  @Is(plainText) readonly issuer!: string;
  @Is(plainText) readonly audience!: string;
  @Is(orEmpty(fileOrAddress, 'the demo issuer')) readonly jwks: string = '';
}

interface Identity {
  readonly issuer: string;
  readonly audience: string;
  /** A URL, or the absolute path of a file. */
  readonly jwks: string;
  /** The keys are those of the demo issuer, which somebody must have opened to make them. */
  readonly demo: boolean;
}

interface Needs {
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

const identityKeysThere: Check<Needs> = ({ identity: { demo, jwks } }) =>
  demo || jwks.includes('://') || existsSync(jwks)
    ? []
    : [{ path: 'identity.jwks', value: jwks, problem: 'does not exist', allowed: 'a JWKS file or an https URL' }];

function used({ issuer, audience, jwks }: IdentitySettings, { folders, beside }: Place): Identity {
  const demo = jwks === '';
  if (demo) return { issuer, audience, jwks: jwksFile(folders.keys), demo };
  return { issuer, audience, jwks: jwks.includes('://') ? jwks : beside(jwks), demo };
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
  checks: [demoIssuerSignsAsItself, identityKeysThere],
};
