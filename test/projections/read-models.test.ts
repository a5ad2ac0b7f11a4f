import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { v4 } from 'uuid';
import { UnknownPosition } from '../../src/application/ports/event-store-errors.js';
import type { DomainEvent } from '../../src/domain/events.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { startAnew } from '../../src/projections/engine/commit.js';
import { openReadModelFiles, type ReadModelFiles } from '../../src/projections/read-model-table.js';
import { startReadModels } from '../../src/projections/read-models.js';
import { draft, sample } from '../support/events.js';
import { minute } from '../support/given.js';
import { rowsOf } from '../support/read-model-rows.js';
import * as s from '../support/story.js';
import { wander } from '../support/wander.js';

let folder: string;
let store: SqliteEventStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'projections-'));
  store = openSqliteEventStore({ file: join(folder, 'events.db') });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

let clock = 0;
const cause = () => ({
  commandId: v4(),
  commandDigest: '',
  correlationId: 'test',
  actor: 'test#1',
  role: 'administrator',
});

async function append(stream: string, ...events: readonly DomainEvent[]): Promise<string> {
  const known = await store.read(stream);
  const news = events.map((event) => ({ event, cause: cause(), at: Date.parse(minute(clock++)) }));
  const recorded = await store.append(stream, known.length - 1, news);
  return recorded.at(-1)?.position ?? '';
}

/** Read models over a file, for as long as the work takes. */
async function withReadModels<T>(
  file: string,
  work: (models: ReturnType<typeof startReadModels>, files: ReadModelFiles) => Promise<T>,
): Promise<T> {
  const files = openReadModelFiles(join(folder, file));
  const stopping = new AbortController();
  const models = startReadModels(store, files, stopping.signal);
  try {
    return await work(models, files);
  } finally {
    stopping.abort();
    await models.ended;
    files.close();
  }
}

const dump = ({ models }: ReadModelFiles) => rowsOf(models);

/** All rows, and the queue with what the organizations in it have. */
function told(models: ReturnType<typeof startReadModels>, files: ReadModelFiles) {
  const { waiting, share } = models.queue();
  // Only the order of the turns' numbers means something.
  const turns = [...new Set(waiting.map(({ organization }) => share(organization).lastTurn))].filter(
    (turn) => turn > 0,
  );
  turns.sort((a, b) => a - b);
  const queue = waiting.map((each) => {
    const { creating, lastTurn } = share(each.organization);
    return { ...each, creating, turn: turns.indexOf(lastTurn) };
  });
  return { rows: dump(files), queue };
}

/** What may happen to a stream between two facts: mostly nothing; it is set aside from any revision on, or put back into use. */
function decisionsOf(chance: Iterator<number>) {
  const aside = new Set<string>();
  const pick = (below: number): number => (chance.next().value as number) % below;
  return (streams: readonly string[], length: number): readonly DomainEvent[] => {
    if (pick(6) > 0) return [];
    const stream = streams[pick(streams.length)] ?? '';
    const isLifted = aside.has(stream) && pick(2) === 0;
    if (isLifted) aside.delete(stream);
    else aside.add(stream);
    return [
      isLifted
        ? sample('QuarantineLifted', { stream })
        : sample('StreamQuarantined', { stream, fromRevision: pick(length + 1) }),
    ];
  };
}

test('a rebuilt projection equals the live one, whatever happened and was decided', async () => {
  const lives = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.infiniteStream(fc.nat(1_000))), {
    minLength: 1,
    maxLength: 6,
  });
  const property = fc.asyncProperty(lives, fc.infiniteStream(fc.nat(1_000)), async (given, chance) => {
    const decided = decisionsOf(chance);
    const [live, rebuilt] = await withReadModels(`${v4()}.db`, async (models, db) => {
      let last = '';
      const histories = given.map(([length, picks]) =>
        wander(length, (n) => (picks.next().value as number) % Math.max(n, 1)),
      );
      const streams = histories.map(() => `provider-${v4()}`);
      for (let n = 0; histories.some((history) => n < history.length); n++) {
        for (const [i, history] of histories.entries()) {
          const event = history[n];
          if (event) last = await append(streams[i] ?? '', event);
          // The queue is asked for all along, so that what is kept of it has to follow.
          models.queue();
        }
        for (const decision of decided(streams, n)) last = await append('quarantine-streams', decision);
      }
      expect(await models.waitFor(last, 5_000)).toBe(true);
      const again = await withReadModels(`${v4()}.db`, async (fresh, other) => {
        expect(await fresh.waitFor(last, 5_000)).toBe(true);
        return told(fresh, other);
      });
      return [told(models, db), again];
    });
    expect(rebuilt).toEqual(live);
  });
  await fc.assert(property, { numRuns: 15 });
}, 60_000);

test('a projection that was emptied fills itself at the next start, beside those that stay', async () => {
  const last = await append('provider-1', ...s.active);
  const before = await withReadModels('models.db', async (models, db) => {
    expect(await models.waitFor(last, 5_000)).toBe(true);
    return dump(db);
  });
  const files = openReadModelFiles(join(folder, 'models.db'));
  startAnew(files.models['provider-status'].current);
  startAnew(files.models['audit-history'].current);
  files.close();
  const after = await withReadModels('models.db', async (models, reopened) => {
    expect(await models.waitFor(last, 5_000)).toBe(true);
    return dump(reopened);
  });
  expect(after).toEqual(before);
});

test('the status has every step with its times, and what a step waits for', async () => {
  await append('provider-1', ...s.created.slice(0, 3));
  const last = await append('provider-1', s.delayed('CreateAccount', 'throttled'));
  const row = await withReadModels('models.db', async (models) => {
    expect(await models.waitFor(last, 5_000)).toBe(true);
    return models.provider('1');
  });
  expect(row?.provider.stage).toBe('assigned');
  expect(row?.steps.AssignPayer?.finishedAt).toBeDefined();
  expect(row?.steps.CreateAccount?.waitsFor?.reason).toBe('throttled');
  expect(row?.position).toBe(last);
});

test('slots and accounts are counted by payer, and a halted creation frees its slot but keeps its place', async () => {
  const loads = async (last: string) =>
    withReadModels(`${v4()}.db`, async (models) => {
      expect(await models.waitFor(last, 5_000)).toBe(true);
      return models.loads();
    });
  const creating = await append('provider-1', ...s.created.slice(0, 4));
  expect(await loads(creating)).toEqual({ 'payer-1': { creating: 1, accounts: 0, kept: 0 } });
  const created = await append('provider-2', ...s.created);
  expect(await loads(created)).toEqual({ 'payer-1': { creating: 1, accounts: 1, kept: 0 } });
  const halted = await append('provider-1', s.halted());
  expect(await loads(halted)).toEqual({ 'payer-1': { creating: 0, accounts: 1, kept: 1 } });
  const resumed = await append('provider-1', s.resumed);
  expect(await loads(resumed)).toEqual({ 'payer-1': { creating: 0, accounts: 1, kept: 1 } });
  const assigned = await append('provider-1', s.payerAssigned());
  expect(await loads(assigned)).toEqual({ 'payer-1': { creating: 1, accounts: 1, kept: 0 } });
});

test('the queue knows what each organization has of the slots, and whose turn it was longest ago', async () => {
  const of = (organization: string): DomainEvent => ({ ...s.providerRequested, organization }) as DomainEvent;
  const served = async (id: string, organization: string) =>
    append(`provider-${id}`, of(organization), s.termsAccepted, s.payerAssigned());
  for (const organization of ['a', 'b', 'c'])
    await append(`provider-${organization}0`, of(organization), s.termsAccepted);
  await served('b1', 'b');
  await served('a1', 'a');
  await served('b2', 'b');
  const last = await append('provider-b1', s.creationRequested(), s.accountCreated());
  await withReadModels('models.db', async (models) => {
    expect(await models.waitFor(last, 5_000)).toBe(true);
    const { share, waiting } = models.queue();
    expect(waiting.map(({ organization }) => [organization, share(organization).creating])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 0],
    ]);
    const turns = ['c', 'a', 'b'].map((organization) => share(organization).lastTurn);
    expect(turns).toEqual([0, expect.any(Number), expect.any(Number)]);
    expect([...turns].sort()).toEqual(turns);
  });
});

test('who comes later into the log comes later into the queue, also where the clock of its writer is behind', async () => {
  const accepts = async (id: string, at: number) => {
    await append(`provider-${id}`, s.providerRequested);
    return store.append(`provider-${id}`, 0, [draft(s.termsAccepted, { at })]);
  };
  await accepts('1', Date.parse(minute(clock + 20)));
  const [last] = await accepts('2', Date.parse(minute(clock + 10)));
  await withReadModels('models.db', async (models) => {
    expect(await models.waitFor(String(last?.position), 5_000)).toBe(true);
    expect(models.queue().waiting.map(({ providerId }) => providerId)).toEqual(['1', '2']);
  });
});

test('the queue and its order are read anew only after events that change them', async () => {
  const waits = await append('provider-1', s.providerRequested, s.termsAccepted);
  const payers = [{ id: 'payer-1', territories: ['US'] }];
  await withReadModels('models.db', async (models) => {
    expect(await models.waitFor(waits, 5_000)).toBe(true);
    const [queue, line] = [models.queue(), models.line(payers)];
    const other = await append('provider-2', s.providerRequested, s.termsAccepted, s.payerAssigned());
    expect(await models.waitFor(other, 5_000)).toBe(true);
    expect(models.queue()).not.toBe(queue);
    expect(models.line(payers)).not.toBe(line);
    const [now, order] = [models.queue(), models.line(payers)];
    const renamed = await append('provider-1', { type: 'ProviderRenamed', name: 'Other' });
    expect(await models.waitFor(renamed, 5_000)).toBe(true);
    expect(models.queue()).toBe(now);
    expect(models.line(payers)).toBe(order);
    expect(models.line([...payers])).not.toBe(order);
  });
});

test('a wait for what does not come ends when its signal aborts', async () => {
  const [last, giving] = [await append('provider-1', s.providerRequested), new AbortController()];
  await withReadModels('models.db', async (models) => {
    expect(await models.waitFor(last, 5_000)).toBe(true);
    const broken = await append('provider-2', s.accountCreated());
    const waiting = models.waitFor(broken, 2 ** 31 - 1, giving.signal);
    giving.abort();
    expect(await waiting).toBe(false);
    expect(await models.waitFor(broken, 2 ** 31 - 1, giving.signal)).toBe(false);
  });
});

test('who waits for a payer and who is due are listed; who rests is not', async () => {
  await append('provider-1', s.providerRequested, s.termsAccepted);
  await append('provider-2', ...s.active, s.claimed());
  await append('provider-3', ...s.created);
  await append('provider-4', ...s.created.slice(0, 4), s.halted(), s.resumed);
  await append('provider-5', ...s.active);
  const last = await append('provider-6', ...s.created);
  await withReadModels('models.db', async (models) => {
    expect(await models.waitFor(last, 5_000)).toBe(true);
    expect(models.queue().waiting).toMatchObject([
      { providerId: '1', returnsTo: null },
      { providerId: '4', returnsTo: 'payer-1' },
    ]);
    const row = models.provider('5');
    const watchedSince = row && 'since' in row.provider ? row.provider.since : 'never';
    const due = [
      { id: '3', watchedSince: undefined },
      { id: '5', watchedSince },
      { id: '6', watchedSince: undefined },
    ];
    expect(models.due('', 10)).toEqual(due);
    expect(models.due('', 2)).toEqual(due.slice(0, 2));
    expect(models.due('3', 2)).toEqual(due.slice(1));
  });
});

test('lists are paged newest first, and a cursor of somebody else is refused', async () => {
  let last = '';
  for (let n = 0; n < 5; n++)
    last = await append(`provider-${n}`, { ...s.providerRequested, name: `n${n}` } as DomainEvent);
  await withReadModels('models.db', async (models) => {
    expect(await models.waitFor(last, 5_000)).toBe(true);
    const of = (organization: string, page: { readonly cursor?: string } = {}) =>
      models.list({ organization }, { limit: 3, ...page, sort: 'requestedAt', descending: true });
    const first = of('acme');
    expect(first.items.map((row) => row.providerId)).toEqual(['4', '3', '2']);
    const second = of('acme', { cursor: first.next ?? '' });
    expect(second.items.map((row) => row.providerId)).toEqual(['1', '0']);
    expect(second.next).toBeUndefined();
    expect(() => of('acme', { cursor: 'nonsense' })).toThrow(/none of ours/);
    expect(of('globex').items).toEqual([]);
  });
});

test('the statuses of one organization lie together in the file, in order of arrival', async () => {
  let last = '';
  for (let n = 0; n < 9; n++)
    last = await append(`provider-${n}`, { ...s.providerRequested, organization: `customer-${n % 3}` } as DomainEvent);
  await withReadModels('models.db', async (models, { models: opened }) => {
    expect(await models.waitFor(last, 5_000)).toBe(true);
    const { db } = opened['provider-status'].current;
    const rows = db.prepare('SELECT provider_id AS id FROM provider_status ORDER BY place').all() as { id: string }[];
    const inOrder = rows.map(({ id }) => Number(id));
    const shelves = [inOrder.slice(0, 3), inOrder.slice(3, 6), inOrder.slice(6)];
    expect(shelves.sort(([a = 0], [b = 0]) => a - b)).toEqual([
      [0, 3, 6],
      [1, 4, 7],
      [2, 5, 8],
    ]);
  });
});

test('a history goes on after any position of the log, whoever it belongs to, a page at a time', async () => {
  const positions: string[] = [];
  const mine: string[] = [];
  for (const event of s.created)
    for (const id of ['1', '2', '3']) {
      positions.push(await append(`provider-${id}`, event));
      if (id === '2') mine.push(positions.at(-1) ?? '');
    }
  await withReadModels('models.db', async (models) => {
    expect(await models.waitFor(positions.at(-1) ?? '', 5_000)).toBe(true);
    const first = models.historyOf('2', undefined, 2);
    expect([first.items.map(({ position }) => position), first.next]).toEqual([mine.slice(0, 2), mine[1]]);
    for (const [n, after] of positions.entries()) {
      const { items, next } = models.historyOf('2', after, 9);
      const rest = mine.filter((position) => positions.indexOf(position) > n);
      expect([items.map(({ position }) => position), next]).toEqual([rest, undefined]);
    }
  });
});

test('history that cannot be folded stops the reader, which says where; what came before is kept', async () => {
  const good = await append('provider-1', s.providerRequested);
  await append('provider-2', s.termsAccepted);
  const after = await append('provider-1', s.termsAccepted);
  await withReadModels('models.db', async (models) => {
    expect(await models.waitFor(good, 5_000)).toBe(true);
    expect(await models.waitFor(after, 50)).toBe(false);
    const stopped = models.health().find((h) => h.model === 'provider-status')?.stopped;
    expect(stopped).toMatch(/provider-2 revision 0: TermsAccepted cannot follow in stage unknown/);
    expect(models.provider('1')?.provider.stage).toBe('requested');
  });
});

test('a position of another log is refused at once, also before anything is read, and disturbs no reader', async () => {
  const last = await append('provider-1', s.providerRequested);
  await withReadModels('models.db', async (models) => {
    await expect(models.waitFor('another-log:1', 5_000)).rejects.toThrow(UnknownPosition);
    expect(await models.waitFor(last, 5_000)).toBe(true);
  });
});
