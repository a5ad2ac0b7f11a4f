/** Lists of exceptions: a reader of some organizations looks at no row of another, however many there are. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ExceptionsWanted, exceptionOrders } from '../../../src/application/ports/exception-rows.js';
import type { ReadModels } from '../../../src/application/ports/read-models.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { openSqliteEventStore } from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { wayOf } from '../../../src/projections/exceptions/exception-ways.js';
import { openReadModelFiles } from '../../../src/projections/read-model-table.js';
import { startReadModels } from '../../../src/projections/read-models.js';
import { draft } from '../../support/events.js';
import { providerRequested } from '../../support/story.js';

const folder = mkdtempSync(join(tmpdir(), 'exceptions-'));
const store = openSqliteEventStore({ file: join(folder, 'events.db') });
const files = openReadModelFiles(join(folder, 'models'));
const stopping = new AbortController();
let models: ReadModels & { readonly ended: Promise<void> };

const ids = { acme: 'a', globex: 'b', initech: 'c', many: 'd', later: 'e' } as const;
const idOf = (letter: string): string => `${letter.repeat(8)}-0000-4000-8000-000000000000`;
const until = '2027-06-01T00:00:00.000Z';
const now = '2027-01-01T00:00:00.000Z';

const granted = (object: string, reason: string, owner = 'team'): DomainEvent => ({
  type: 'BaselineExceptionGranted',
  ...{ object: `user/${object}/global`, owner, reason, until },
});

async function write(stream: string, events: readonly DomainEvent[]): Promise<void> {
  await store.append(
    stream,
    -1,
    events.map((event) => draft(event, { at: Date.parse(now) })),
  );
}

const requestedBy = (organization: string) => ({ ...providerRequested, organization }) as DomainEvent;

beforeAll(async () => {
  for (const name of ['acme', 'globex', 'initech', 'many'] as const)
    await write(`provider-${idOf(ids[name])}`, [requestedBy(name)]);
  const hardening = (name: keyof typeof ids, ...events: readonly DomainEvent[]) =>
    write(`hardening-${idOf(ids[name])}`, events);
  await hardening('acme', granted('LAST', 'z'), granted('FIRST', '\u{1f600}'), granted('LONG', '長'.repeat(500)));
  await hardening('initech', granted('MIDDLE', 'm'), granted('HIGH', '\uff5e'));
  await hardening(
    'globex',
    ...Array.from({ length: 2_050 }, (_, n) => granted(`F${n}`, `a secret ${n}`, 'globex-team')),
  );
  const object = 'user/ZZ/global';
  await hardening(
    'many',
    ...Array.from({ length: 2_050 }, (_, n) => granted(`M${n}`, 'Why.')),
    granted('ZZ', 'Why.', 'zz'),
    { type: 'BaselineExceptionRevoked', object },
  );
  await hardening('later', granted('LATER', 'l'));
  await write(`provider-${idOf(ids.later)}`, [requestedBy('later')]);
  models = startReadModels(store, files, stopping.signal);
  expect(await models.waitFor(String(store.head()), 20_000)).toBe(true);
});
afterAll(async () => {
  stopping.abort();
  await models.ended;
  files.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const usual: ExceptionsWanted = {
  ...{ limit: 50, now, sort: 'reason', descending: false, state: undefined, endingBy: undefined },
  organizations: undefined,
};
const list = (wanted: Partial<ExceptionsWanted>) => models.exceptions({ ...usual, ...wanted });
const objectsIn = (page: ReturnType<typeof list>) => page.items.map(({ object }) => object.split('/')[1]);

test('thousands of others stand before those of an organization, and neither a page nor its next tells of them', () => {
  const acme = list({ organizations: ['acme'] });
  expect([objectsIn(acme), acme.next]).toEqual([['LAST', 'LONG', 'FIRST'], undefined]);
  for (const sort of exceptionOrders)
    for (const state of ['revoked', 'in-force'] as const) {
      const { items, next } = list({ organizations: ['acme'], sort, state, limit: 1 });
      expect(items).toHaveLength(state === 'revoked' ? 0 : 1);
      expect(Buffer.from(next ?? '', 'base64url').toString()).not.toMatch(/globex|secret|bbbb/);
    }
});

test('a cursor that somebody made moves nobody into the rows of others', () => {
  const cursor = Buffer.from(JSON.stringify(['reason asc', 'a secret', idOf('b'), 'user/F0/global'])).toString(
    'base64url',
  );
  expect(objectsIn(list({ organizations: ['acme'], cursor }))).toEqual(['LAST', 'LONG', 'FIRST']);
});

test('those of several organizations are one list in one order, page after page, each of them once', () => {
  const organizations = ['initech', 'acme', 'acme', ...Array.from({ length: 900 }, (_, n) => `none-${n}`)];
  const found: (string | undefined)[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = list({ organizations, limit: 2, ...(cursor !== undefined && { cursor }) });
    found.push(...objectsIn(page));
    if (page.next === undefined) break;
    cursor = page.next;
  }
  expect(found).toEqual(['MIDDLE', 'LAST', 'LONG', 'HIGH', 'FIRST']);
  expect(list({ organizations: [] })).toEqual({ items: [] });
});

test('so many rows are looked at and no more; the page is short then, and the next goes on', () => {
  const asked = { organizations: ['many'], sort: 'owner', state: 'revoked' } as const;
  const first = list(asked);
  expect([first.items, typeof first.next]).toEqual([[], 'string']);
  const second = list({ ...asked, cursor: String(first.next) });
  expect([objectsIn(second), second.next]).toEqual([['ZZ'], undefined]);
});

const wanted = { ...usual, sort: 'until', state: 'in-force', endingBy: until } as const;
const at = (time: string) => [time, 'a', 'user/X/global'];

test.each([
  ['the first page', false, undefined, ['until > :now', 'until <= :endingBy']],
  ['a further page', false, '2027-03-01T00:00:00.000Z', ['until <= :endingBy']],
  ['a further page backwards', true, '2027-03-01T00:00:00.000Z', ['until > :now']],
])('%s begins at one place alone, so that no row is passed over', (_, descending, time, onWay) => {
  const place = time === undefined ? undefined : at(time);
  expect(wayOf({ ...wanted, descending }, place)).toEqual({ onWay, left: ['ended IS NULL'], after: place });
});

test.each([
  [false, '2026-12-31T00:00:00.000Z'],
  [true, '2027-06-02T00:00:00.000Z'],
])(
  'a page after what is over, or ends too late, begins where the wanted ones do (backwards: %j)',
  (descending, time) => {
    const onWay = ['until > :now', 'until <= :endingBy'];
    expect(wayOf({ ...wanted, descending }, at(time))).toEqual({ onWay, left: ['ended IS NULL'], after: undefined });
  },
);

test('a provider that is read after its exceptions still says whose they are', () => {
  const later = list({ organizations: ['later'] });
  expect([objectsIn(later), later.items[0]?.organization]).toEqual([['LATER'], 'later']);
});

test('every order goes along an index of its own, within an organization and over all, and sorts nothing', () => {
  const { db } = files.models.exceptions.current;
  for (const column of ['until', 'granted_at', 'owner', 'reason_start'])
    for (const [index, where] of [
      ['own', 'organization = ?'],
      ['all', '1'],
    ]) {
      const plan = db
        .prepare(
          `EXPLAIN QUERY PLAN SELECT object FROM exceptions INDEXED BY exceptions_${index}_${column} WHERE ${where}
          ORDER BY ${column}, provider_id, object`,
        )
        .all(...(index === 'own' ? ['acme'] : []));
      expect(JSON.stringify(plan)).not.toMatch(/TEMP B-TREE/);
    }
});

test('a cursor is short, however long and in whatever script a reason is', () => {
  const { next } = list({ organizations: ['acme'], limit: 2 });
  expect(next).toMatch(/^[\w-]{1,2000}$/);
});
