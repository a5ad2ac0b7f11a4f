/** The roles in which a person may enter the account of a provider: none where it is another organization's. */

import type { Status } from '../../api/types.js';
import { administers, has, type Person } from '../../auth/person.js';

export type EntryRole = 'administrator' | 'read-only';

export function entryRoles(person: Person, { organization }: Pick<Status, 'organization'>): readonly EntryRole[] {
  if (person.organization !== organization || !has(person, 'administrator', 'member')) return [];
  return administers(person, organization) ? ['administrator', 'read-only'] : ['read-only'];
}
