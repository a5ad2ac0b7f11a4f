/** Ways through the providers: along one index, beginning with rows that fit what the index can tell. */
import type { SQLInputValue } from 'node:sqlite';
import type { ListOrder, ProviderFilter } from '../../application/ports/provider-lists.js';
import { stagesInOrder } from '../../domain/provider/stage-order.js';
import { comparable } from './listed.js';

export interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

export interface Way {
  readonly index: string;
  /** What the index tells by itself, so that nothing else is looked at. */
  readonly where: readonly Condition[];
}

type Criterion = keyof ProviderFilter;
type Conditions = Readonly<Partial<Record<Criterion, Condition>>>;

const is = (column: string, value: SQLInputValue): Condition => ({ sql: `${column} = ?`, values: [value] });

/** Behind every name that begins so. */
const behind = '\u{10ffff}';

const conditions: { readonly [Name in Criterion]-?: (value: string) => Condition } = {
  organization: (organization) => is('organization', organization),
  stage: (stage) => is('stage_place', stagesInOrder.indexOf(stage)),
  origin: (origin) => is('origin', origin),
  name(name) {
    const begin = comparable(name);
    return { sql: 'name >= ? AND name < ?', values: [begin, begin + behind] };
  },
  accountId: (accountId) => is('account_id', accountId),
};

export const conditionsOf = (filter: ProviderFilter): Conditions =>
  Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, conditions[name as Criterion](value)]],
    ),
  );

export const allOf = (given: Conditions): readonly Condition[] => Object.values(given);

const some = (...found: readonly (Condition | undefined)[]): readonly Condition[] =>
  found.filter((condition) => condition !== undefined);

const indexOf = (given: Conditions, order: string): string =>
  `provider_status_${given.organization ? 'own' : 'all'}_${order}`;

/** The order that rows are read in: those of one stage, the newest first, lie together in the order of stages. */
export const readIn = (sort: ListOrder, given: Conditions): ListOrder =>
  sort === 'requestedAt' && given.stage ? 'stage' : sort;

const names: Readonly<Record<ListOrder, string>> = {
  requestedAt: 'requested',
  changedAt: 'changed',
  name: 'name',
  stage: 'stage',
};

/** The way in an order, and what is left to look for on it. */
export function wayIn(order: ListOrder, given: Conditions): Way & { readonly left: readonly Condition[] } {
  const where = some(
    given.organization,
    order === 'stage' ? given.stage : undefined,
    order === 'name' ? given.name : undefined,
  );
  return {
    index: indexOf(given, names[order]),
    where,
    left: allOf(given).filter((condition) => !where.includes(condition)),
  };
}

/** The ways to all that fits, whatever its order: what narrows most comes first. */
export function narrowWays(given: Conditions): readonly Way[] {
  const { organization, accountId, name, stage } = given;
  return [
    ...(accountId ? [{ index: 'provider_status_account', where: some(accountId) }] : []),
    ...(name ? [{ index: indexOf(given, 'name'), where: some(organization, name) }] : []),
    ...(stage ? [{ index: indexOf(given, 'stage'), where: some(organization, stage) }] : []),
    ...(organization ? [{ index: indexOf(given, 'requested'), where: some(organization) }] : []),
  ];
}
