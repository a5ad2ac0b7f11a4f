/** A comparison of many accounts lets others have their turn after a few, and tells no more than a person can read. */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { systemClock } from '../../../src/application/ports/clock.js';
import { compare } from '../../../src/application/reconciliation/compare.js';
import type { ListedAccount } from '../../../src/domain/reconciliation/accounts.js';
import { openSqliteEventStore } from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openReadModelFiles } from '../../../src/projections/read-model-table.js';
import { startReadModels } from '../../../src/projections/read-models.js';
import { draft } from '../../support/events.js';
import { created } from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const many = 1_500;
const accountOf = (n: number): string => String(100_000_000_000 + n);

type Count = (items: number) => void;

/** Counts how much is done before anybody else has a turn. */
function watchTurns() {
  let [since, most, over] = [0, 0, false];
  const ended = (async () => {
    for (; !over; since = 0) await nextTurn();
  })();
  const did: Count = (items) => {
    since += items;
    most = Math.max(most, since);
  };
  return {
    did,
    async most() {
      over = true;
      await ended;
      return most;
    },
  };
}

/** Compares this list with the accounts of so many providers; each row that is read counts. */
async function compareWith(
  listed: readonly ListedAccount[],
  providers: number,
  did: Count,
  signal = new AbortController().signal,
) {
  const folder = temporaryFolder();
  const store = openSqliteEventStore({ file: join(folder, 'events.db') });
  for (let n = 0; n < providers; n += 100)
    await Promise.all(
      Array.from({ length: 100 }, (_, i) => {
        const facts = created.map((event) =>
          'accountId' in event ? { ...event, accountId: accountOf(n + i) } : event,
        );
        return store.append(
          `provider-${n + i}`,
          -1,
          facts.map((event) => draft(event)),
        );
      }),
    );
  const files = openReadModelFiles(join(folder, 'read-models'));
  const stop = new AbortController();
  const models = startReadModels(store, files, stop.signal);
  try {
    if (providers > 0) expect(await models.waitFor(store.head() ?? '', 30_000)).toBe(true);
    const payers = [{ id: 'payer-1', territories: ['US'], creationsAtOnce: 5, accountsAllowed: many }];
    const parts = {
      readModels: {
        ...models,
        providersAfter(afterId: string, limit: number) {
          const rows = models.providersAfter(afterId, limit);
          did(rows.length);
          return rows;
        },
      },
      list: async (payerId: string) => ({ payerId, unit: 'ou-1', accounts: listed }),
      settings: { payers, rootEmailPattern: 'aws+{token}@vend.example' },
      clock: systemClock,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    };
    return await compare(parts, new Date().toISOString(), signal);
  } finally {
    stop.abort();
    await models.ended;
    files.close();
    await store.close();
  }
}

/** Accounts of these providers; each look at an id counts. */
const listOf = (did: Count): readonly ListedAccount[] =>
  Array.from({ length: many }, (_, n) => ({
    get accountId() {
      did(1);
      return accountOf(n);
    },
    ...{ email: `${n}@elsewhere.example`, state: 'ACTIVE', parentId: 'ou-1', owner: String(n) },
  }));

test('nobody waits for more than a few accounts or providers', async () => {
  const turns = watchTurns();
  const { recorded, listed } = await compareWith(listOf(turns.did), many, turns.did);
  expect([recorded, listed]).toEqual([many, many]);
  expect(await turns.most()).toBeLessThanOrEqual(600);
}, 60_000);

test('a report tells so many findings and counts the others', async () => {
  const { findings, furtherFindings } = await compareWith(
    listOf(() => undefined),
    0,
    () => undefined,
  );
  expect([findings.length, furtherFindings]).toEqual([1_000, many - 1_000]);
  expect(findings[0]).toMatchObject({ kind: 'account-unrecorded', accountId: accountOf(0) });
});

test('one that is to end soon does not go on to its end', async () => {
  const ending = new AbortController();
  let rows = 0;
  const did = (read: number): void => {
    rows += read;
    ending.abort();
  };
  await compareWith([], many, did, ending.signal);
  expect(rows).toBeLessThan(many / 2);
}, 60_000);
