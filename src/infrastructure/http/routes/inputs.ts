/** What several calls take alike in their paths, query strings and bodies. */
import type { Moment } from '../../../application/history/as-of.js';
import { type ListOrder, listOrders } from '../../../application/ports/provider-lists.js';
import { stagesInOrder } from '../../../domain/provider/stage-order.js';
import { Count, OneOf, Optional, Text, Words } from '../kit/fields.js';
import { positionForm, positionWords } from '../kit/freshness.js';

export class OrganizationPath {
  @Text(/^[A-Za-z0-9-]{1,64}$/, '1 to 64 letters, digits and hyphens')
  readonly organization!: string;
}

export class ProviderPath {
  @Text(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a UUID in lower case')
  readonly id!: string;
}

/** A read may ask to be at least as new as a position. */
export class ReadQuery {
  @Optional()
  @Text(positionForm, positionWords)
  readonly minPosition?: string;
}

export class ListQuery extends ReadQuery {
  @Optional()
  @Count(200)
  readonly limit?: number;
  @Optional()
  @Text(/^[\w-]{1,1000}$/, 'the `next` of an earlier page')
  readonly cursor?: string;
  @Optional()
  @OneOf(...stagesInOrder)
  readonly stage?: string;
}

/** A list that is narrowed to some providers, in an order that its reader chooses. */
export class NarrowedQuery extends ListQuery {
  @Optional()
  @Words(/^(?:\P{C}|[\u200c\u200d]){1,64}$/u, 'how the name begins: 1 to 64 printable characters')
  readonly name?: string;
  @Optional()
  @OneOf('new', 'migrated', 'existing')
  readonly origin?: string;
  @Optional()
  @Text(/^\d{12}$/, 'the id of an AWS account: 12 digits')
  readonly accountId?: string;
  @Optional()
  @OneOf(...listOrders)
  readonly sort?: ListOrder;
  @Optional()
  @OneOf('asc', 'desc')
  readonly order?: 'asc' | 'desc';
}

/** A time in UTC as answers tell it. */
export const timeForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** A position, or such a time. */
const momentForm = /^([^\s:]{1,64}:\d{1,15}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/;
const momentWords = 'a position from an answer of this service, or a time such as 2026-11-24T08:00:00.000Z';

/** Where a read may ask how things were. */
export const At = (): PropertyDecorator => Text(momentForm, momentWords);

/** What `at` means: a time has the form of one, anything else is a position. */
export const momentOf = (at: string): Moment => (/^\d{4}-.*Z$/.test(at) ? { time: at } : { position: at });

/** Where a reader of changes left off. */
export class ChangesQuery {
  @Optional()
  @Text(positionForm, positionWords)
  readonly after?: string;
}

/** A call that changes something may be asked what it would come to. */
export class DryRunQuery {
  @Optional()
  @OneOf('true', 'false')
  readonly dryRun?: 'true' | 'false';
}

/** The body of a call that takes none. */
export class NoBody {}
