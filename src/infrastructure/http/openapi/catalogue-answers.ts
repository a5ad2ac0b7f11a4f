/** What calls about the catalogue answer with: who calls, what can be asked for, and on which terms. */
import Type from 'typebox';
import { roles } from '../../../application/authorization/identity.js';
import { choice, flag, hex, maybe, named, oneOf, reason, text } from './shapes.js';

export const meAnswer = named('Me', {
  subject: text,
  organization: maybe(text),
  roles: Type.Array(choice('Role', roles)),
  organizations: maybe(Type.Array(text)),
  mayAcceptTerms: maybe(flag),
});

export const territoriesAnswer = named('Territories', {
  version: text,
  items: Type.Array(named('Territory', { code: text, name: text })),
});

export const termsAnswer = named('Terms', {
  territory: text,
  documents: Type.Array(
    named('TermsDocument', { party: oneOf('reseller', 'aws'), territory: text, version: text, digest: hex, text }),
  ),
});

export const optionsAnswer = named('OriginOptions', {
  items: Type.Array(
    named('OriginOption', {
      origin: oneOf('new', 'migrated', 'existing'),
      title: text,
      offered: flag,
      reasons: Type.Array(reason),
    }),
  ),
  contact: text,
});
