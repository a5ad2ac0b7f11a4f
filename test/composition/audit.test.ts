/** Signed heads of a running service's log: when they are written, that they are never of another log, and how keys change. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, test } from '@jest/globals';
import { systemClock } from '../../src/application/ports/clock.js';
import { openAudit } from '../../src/composition/audit/audit.js';
import { auditedFile } from '../../src/composition/audit/audited-log.js';
import { readNote } from '../../src/domain/audit/checkpoint.js';
import { isSignedBy, readPublicKey } from '../../src/infrastructure/audit/signing-key.js';
import { openSqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openLog } from '../../src/infrastructure/logging/pino-log.js';
import { drafts } from '../support/events.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { until } from '../support/waiting.js';

let data: string;
beforeEach(() => {
  data = temporaryFolder();
});

const keyOf = (n: number): Uint8Array => new Uint8Array(32).fill(n);

interface Life {
  readonly key?: number;
  readonly former?: number;
  readonly acceptedLoss?: boolean;
  readonly headEverySeconds?: number;
}

async function live({ key = 1, former, acceptedLoss = false, headEverySeconds = 60 }: Life = {}) {
  const stack = new AsyncDisposableStack();
  const store = stack.adopt(openSqliteEventStore({ file: join(data, 'events.db') }), (s) => s.close());
  const keys = { key: keyOf(key), former: former === undefined ? undefined : keyOf(former) };
  const log = openLog({ level: 'silent' });
  const audit = await openAudit(
    {
      store,
      audited: auditedFile(join(data, 'events.db'), () => undefined),
      evidence: { terms: [], baselineOf: () => undefined },
      data,
      keys,
      name: 'partner-cloud',
      headEverySeconds,
      clock: systemClock,
      log,
      acceptedLoss,
      archive: undefined,
      mayAct: () => true,
    },
    stack,
  );
  return { store, audit, end: () => stack.disposeAsync() };
}

const headFiles = (): readonly string[] => {
  const [log] = readdirSync(join(data, 'audit-heads'));
  return readdirSync(join(data, 'audit-heads', log ?? '')).sort();
};
const checkpoint = (size: number): string => `${String(size).padStart(15, '0')}.checkpoint`;
const sizeOf = ({ audit }: Awaited<ReturnType<typeof live>>) => audit.lastHead()?.size;

test('the first head comes at once, the next not before its time, and the last one at the end', async () => {
  const first = await live();
  await first.store.append('provider-1', -1, drafts('a'));
  await first.end();
  expect(headFiles()).toEqual([checkpoint(1)]);
  const second = await live();
  await second.store.append('provider-2', -1, drafts('a', 'b'));
  await until(
    async () => second.audit.tree.size(),
    (size) => size === 3,
  );
  const answer = second.audit.covering(3);
  // Whether the start had signed before the append is a matter of turns; who asks is told when to ask again.
  if (!('note' in answer)) expect(answer.againInSeconds).toBeGreaterThan(0);
  await second.end();
  expect(headFiles()).toEqual([checkpoint(1), checkpoint(3)]);
  const third = await live();
  await third.end();
  expect(headFiles()).toEqual([checkpoint(1), checkpoint(3)]);
});

test('heads follow the log while it grows, each signed by the key that is told', async () => {
  const life = await live({ headEverySeconds: 1 });
  await life.store.append('provider-1', -1, drafts('a', 'b'));
  const head = await until(
    async () => life.audit.lastHead(),
    (last) => last?.size === 2,
  );
  const { key, origin, rotations } = await life.audit.keys();
  expect([origin, rotations]).toEqual([`partner-cloud/${life.store.logId}`, []]);
  expect(isSignedBy(readNote(head?.note ?? ''), readPublicKey(key))).toBe(true);
  expect(life.audit.covering(1)).toEqual(head);
  await life.end();
});

test('a log that does not hold what the last head covers gets no further head, until its loss is accepted', async () => {
  const life = await live();
  await life.store.append('provider-1', -1, drafts('a', 'b', 'c'));
  await life.end();
  using raw = new DatabaseSync(join(data, 'events.db'));
  raw.exec('DROP TRIGGER events_never_delete; DELETE FROM events WHERE position = 3');
  raw.close();
  // As if the file of the tree had gone back with the log.
  using tree = new DatabaseSync(join(data, 'audit-tree.db'));
  tree.exec('DELETE FROM nodes; DELETE FROM leaves; DELETE FROM reached');
  tree.close();
  const back = await live({ headEverySeconds: 1 });
  await back.store.append('provider-2', -1, drafts('d', 'e'));
  const words = await until(
    async () => back.audit.health[0]?.degraded(),
    (said) => said !== undefined,
  );
  expect(words).toMatch(/last signed head covers 3 events.*changed or cut off/s);
  await back.end();
  expect(headFiles()).toEqual([checkpoint(3)]);
  const accepted = await live({ acceptedLoss: true, headEverySeconds: 1 });
  await until(
    async () => sizeOf(accepted),
    (size) => size === 4,
  );
  expect(accepted.audit.health[0]?.degraded()).toBeUndefined();
  await accepted.end();
  expect(headFiles()).toEqual([expect.stringMatching(/3\.checkpoint\.lost-/), checkpoint(4)]);
});

test('a new key signs only once the former one has signed the change, which is recorded', async () => {
  const life = await live({ key: 1 });
  await life.store.append('provider-1', -1, drafts('a'));
  const { key: formerKey } = await life.audit.keys();
  await life.end();
  const without = await live({ key: 2, headEverySeconds: 1 });
  await without.store.append('provider-2', -1, drafts('a'));
  const words = await until(
    async () => without.audit.health[0]?.degraded(),
    (said) => said !== undefined,
  );
  expect(words).toMatch(/no head is signed until the former key has signed the change/);
  await without.end();
  expect(headFiles()).toEqual([checkpoint(1)]);
  const rotated = await live({ key: 2, former: 1 });
  await until(
    async () => sizeOf(rotated),
    (size) => size === 3,
  );
  const { key, rotations } = await rotated.audit.keys();
  expect(rotations).toMatchObject([{ formerKey, key }]);
  const statement = readNote(rotations[0]?.statement ?? '');
  expect(statement.text.split('\n')).toEqual([expect.any(String), 'partner-cloud key rotation', formerKey, key, '']);
  expect([formerKey, key].map((each) => isSignedBy(statement, readPublicKey(each)))).toEqual([true, true]);
  await rotated.end();
  const later = await live({ key: 2 });
  expect((await later.audit.keys()).rotations).toHaveLength(1);
  expect(later.audit.health[0]?.degraded()).toBeUndefined();
  await later.end();
});
