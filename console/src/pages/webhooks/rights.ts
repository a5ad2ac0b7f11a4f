/** What is offered to whom; the service decides. */

import type { Webhook } from '../../../../src/client/generated/types.gen.js';
import { administers, has, type Person } from '../../auth/person.js';

/** Whether the person may have one: for their organization, or for all of them. */
export const maySubscribe = (person: Person): boolean =>
  person.organization === undefined ? has(person, 'operator') : has(person, 'administrator');

/** Whether the webhook is of those for whom the person acts: what it sends, and its secret, are for them alone. */
export const mayUse = (person: Person, { organization }: Pick<Webhook, 'organization'>): boolean =>
  organization === undefined
    ? person.organization === undefined && has(person, 'operator')
    : administers(person, organization);

/** An operator may stop any webhook. */
export const mayStop = (person: Person, webhook: Pick<Webhook, 'organization'>): boolean =>
  mayUse(person, webhook) || has(person, 'operator');
