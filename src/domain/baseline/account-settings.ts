/** What a whole account has once beside IAM: no public access to S3, and whom AWS reaches. */
import { type Desired, ours } from './objects.js';
import type { BaselineSettings } from './settings.js';

const why = {
  block: 'No bucket and no object of the account is ever public, whatever its own settings say.',
  SECURITY: 'Notices of AWS about abuse and security reach those who answer for them.',
  OPERATIONS: 'Notices of AWS about faults and maintenance reach those who answer for them.',
};

/** Source: S3 User Guide, Blocking public access; CIS AWS Foundations, account-level block. */
export const publicAccessBlock = (): Desired<'public-access-block'> =>
  ours('public-access-block', 'account', 'global', { blocked: true }, why.block);

/** The contacts that are configured; none when none is. */
export const alternateContacts = ({ contacts = [] }: BaselineSettings): readonly Desired<'alternate-contact'>[] =>
  contacts.map(({ type, ...contact }) => ours('alternate-contact', type, 'global', { contact }, why[type]));
