/** Lists of providers: in every order and narrowed in every way, page after page, they are what sorting all of them would give. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { v4 } from 'uuid';
import { type ListOrder, listOrders, type ProviderFilter } from '../../../src/application/ports/provider-lists.js';
import type { ProviderRow, ReadModels } from '../../../src/application/ports/read-models.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { stagePlaces } from '../../../src/domain/provider/stage-order.js';
import { openSqliteEventStore } from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { listColumns, listedOf, listIndexes, settledOf } from '../../../src/projections/provider-status/listed.js';
import { openReadModelFiles } from '../../../src/projections/read-model-table.js';
import { startReadModels } from '../../../src/projections/read-models.js';
import { minute } from '../../support/given.js';
import * as s from '../../support/story.js';

const folder = mkdtempSync(join(tmpdir(), 'lists-'));
const store = openSqliteEventStore({ file: join(folder, 'events.db') });
const files = openReadModelFiles(join(folder, 'models'));
const stopping = new AbortController();
let models: ReadModels & { readonly ended: Promise<void> };
let all: readonly ProviderRow[];

const names = ['Übung', 'uber', 'Zebra', 'Production', 'production', 'Prod', '\u{1f600}', 'ﬀ', 'ΟΔΟΣΑ'];
/** How far a life has come by the time that its list is read. */
const lives: readonly (readonly DomainEvent[])[] = [
  [],
  [s.termsAccepted],
  [s.termsAccepted, s.payerAssigned()],
  [s.termsAccepted, s.payerAssigned(), s.creationRequested(), s.accountCreated()],
  [{ type: 'ProviderWithdrawn' }],
];

const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T;

beforeAll(async () => {
  let clock = 0;
  const cause = () => ({ commandId: v4(), commandDigest: '', correlationId: 't', actor: 't#1', role: 'administrator' });
  // Several are recorded in the same minute, so that orders have ties.
  const facts = (events: readonly DomainEvent[]) =>
    events.map((event) => ({ event, cause: cause(), at: Date.parse(minute(Math.floor(clock++ / 7))) }));
  const later: (() => Promise<unknown>)[] = [];
  for (let n = 0; n < 60; n++) {
    const requested = {
      ...s.providerRequested,
      organization: pick(['acme', 'acme', 'globex'], n),
      name: pick(names, n),
    };
    const stream = `provider-${v4()}`;
    await store.append(stream, -1, facts([requested as DomainEvent]));
    const life = pick(lives, n * 7);
    if (life.length > 0) later.push(() => store.append(stream, 0, facts(life)));
  }
  for (const live of later.reverse()) await live();
  models = startReadModels(store, files, stopping.signal);
  expect(await models.waitFor(String(store.head()), 5_000)).toBe(true);
  all = models.providersAfter('', 100);
});
afterAll(async () => {
  stopping.abort();
  await models.ended;
  files.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const columnsOf = ({ provider, requestedAt, changedAt }: ProviderRow) => ({
  ...settledOf(provider, requestedAt),
  ...listedOf(provider, changedAt),
});

const bytes = (one: unknown, other: unknown): number =>
  typeof one === 'number' ? one - Number(other) : Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));

const keysOf = (row: ProviderRow, sort: ListOrder): readonly unknown[] => {
  const { requested_at, changed_at, name, stage_place } = columnsOf(row);
  const keys = {
    requestedAt: [requested_at],
    changedAt: [changed_at],
    name: [name],
    stage: [stage_place, requested_at],
  };
  return [...keys[sort], row.providerId];
};

function sorted(rows: readonly ProviderRow[], sort: ListOrder, descending: boolean): readonly string[] {
  const compare = (one: ProviderRow, other: ProviderRow): number => {
    const others = keysOf(other, sort);
    return keysOf(one, sort).reduce<number>((known, key, n) => known || bytes(key, others[n]), 0);
  };
  const inOrder = [...rows].sort(compare).map(({ providerId }) => providerId);
  return descending ? inOrder.reverse() : inOrder;
}

const filters: readonly (readonly [ProviderFilter, (columns: ReturnType<typeof columnsOf>) => boolean])[] = [
  [{}, () => true],
  [{ organization: 'acme' }, ({ organization }) => organization === 'acme'],
  [{ stage: 'accepted' }, ({ stage }) => stage === 'accepted'],
  [{ name: 'ΟΔΟΣ' }, ({ name }) => String(name).startsWith('οδοσ')],
  [{ name: 'PROD' }, ({ name }) => String(name).startsWith('prod')],
  [{ name: 'ub', stage: 'created' }, ({ name, stage }) => String(name).startsWith('ub') && stage === 'created'],
  [
    { organization: 'globex', origin: 'new', stage: 'requested' },
    (c) => c.organization === 'globex' && c.stage === 'requested',
  ],
  [{ organization: 'acme', name: 'üb' }, (c) => c.organization === 'acme' && String(c.name).startsWith('ub')],
  [{ accountId: '123456789012', organization: 'acme' }, (c) => c.organization === 'acme' && c.account_id !== null],
  [{ origin: 'migrated' }, () => false],
  [{ origin: 'new' }, () => true],
];
const asked = listOrders.flatMap((sort) =>
  filters.map(([filter, fits]) => [JSON.stringify(filter), sort, filter, fits] as const),
);

test.each(asked)('%s by %s, either way', (_, sort, filter, fits) => {
  const fitting = all.filter((row) => fits(columnsOf(row)));
  for (const descending of [false, true]) {
    const pages: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = models.list(filter, { limit: 7, sort, descending, ...(cursor !== undefined && { cursor }) });
      pages.push(...page.items.map(({ providerId }) => providerId));
      if (page.next === undefined) break;
      expect(page.items).toHaveLength(7);
      cursor = page.next;
    }
    expect(pages).toEqual(sorted(fitting, sort, descending));
  }
});

test('a row that comes to another place while pages are turned is neither a gap nor a fault', () => {
  const by = { sort: 'changedAt', descending: false } as const;
  const first = models.list({}, { ...by, limit: 7 });
  const { db } = files.models['provider-status'].current;
  db.exec(`UPDATE provider_status SET changed_at = '2999' WHERE provider_id = '${first.items.at(-1)?.providerId}'`);
  const rest = models.list({}, { ...by, limit: 100, cursor: String(first.next) }).items;
  expect(rest.map(({ providerId }) => providerId)).toEqual([
    ...sorted(all, 'changedAt', false).slice(7),
    first.items.at(-1)?.providerId,
  ]);
});

test('a cursor belongs to its order', () => {
  const { next } = models.list({}, { limit: 1, sort: 'name', descending: false });
  for (const sort of ['stage', 'requestedAt'] as const)
    expect(() => models.list({}, { limit: 1, sort, descending: false, cursor: String(next) })).toThrow(/another order/);
  expect(() => models.list({}, { limit: 1, sort: 'name', descending: true, cursor: String(next) })).toThrow(
    /another order/,
  );
});

test('every order goes along an index of its own, within an organization and over all', () => {
  const indexes = listIndexes.match(/provider_status_(own|all)_\w+/g) ?? [];
  expect(new Set(indexes).size).toBe(2 * listOrders.length);
  expect(listColumns).toMatch(/stage_place INTEGER/);
  expect(new Set(Object.values(stagePlaces)).size).toBe(Object.keys(stagePlaces).length);
});
