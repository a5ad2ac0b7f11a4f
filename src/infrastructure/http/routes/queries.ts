/** What callers send in paths and query strings. */
import type { Stage } from '../../../domain/provider/stages.js';
import { Count, OneOf, Optional, Text } from '../kit/fields.js';

/** Positions are opaque to callers, but their outer form is checked before a store sees them. */
export const positionForm = /^[^\s:]{1,64}:\d{1,15}$/;
export const positionWords = 'a position from an answer of this service';

const stages: Readonly<Record<Exclude<Stage, 'unknown'>, true>> = {
  refused: true,
  requested: true,
  accepted: true,
  assigned: true,
  resumed: true,
  creating: true,
  created: true,
  linked: true,
  ready: true,
  hardened: true,
  active: true,
  halted: true,
  withdrawn: true,
};

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

export class TerritoryQuery extends ReadQuery {
  @Text(/^[A-Za-z0-9-]{1,16}$/, 'a territory code such as US')
  readonly territory!: string;
}

export class ListQuery extends ReadQuery {
  @Optional()
  @Count(100)
  readonly limit?: number;
  @Optional()
  @Text(/^[\w-]{1,200}$/, 'the `next` of an earlier page')
  readonly cursor?: string;
  @Optional()
  @OneOf(...Object.keys(stages))
  readonly stage?: string;
}

export class HistoryQuery extends ReadQuery {
  @Optional()
  @Count(200)
  readonly limit?: number;
  @Optional()
  @Text(positionForm, 'the `next` of an earlier page')
  readonly cursor?: string;
}

export class ChangesQuery {
  @Optional()
  @Text(positionForm, positionWords)
  readonly after?: string;
}
