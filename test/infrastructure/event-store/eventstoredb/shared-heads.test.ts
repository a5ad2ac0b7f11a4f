/** Signed heads among instances on one log: whichever acts signs, the others keep what fits their own trees. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { exchangeHeads } from '../../../../src/application/audit/exchange-heads.js';
import { type HeadSigning, signHeads } from '../../../../src/application/audit/sign-heads.js';
import { systemClock } from '../../../../src/application/ports/clock.js';
import { readNote } from '../../../../src/domain/audit/checkpoint.js';
import { openHeadFiles } from '../../../../src/infrastructure/audit/head-files.js';
import { openSigner, signedHeadOf } from '../../../../src/infrastructure/audit/signing-key.js';
import { openTreeFile, type TreeFile } from '../../../../src/infrastructure/audit/tree-file.js';
import {
  type EventStoreDbEventStore,
  openEventStoreDb,
} from '../../../../src/infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { type SmallServer, startSmallServer } from '../../../support/eventstoredb/server.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { until } from '../../../support/waiting.js';

let server: SmallServer;
const stores: EventStoreDbEventStore[] = [];
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  server = await startSmallServer();
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  for (const store of stores.splice(0)) await store.close();
  server.stop();
});

interface Instance {
  readonly heads: HeadSigning;
  readonly tree: TreeFile;
  acts: boolean;
  readonly told: string[];
}

const headOf = (note: string) => signedHeadOf(readNote(note));
const origin = 'partner-cloud/log';

async function instance(more: { readonly acts?: boolean; readonly key?: number } = {}): Promise<Instance> {
  const store = await openEventStoreDb({ address: server.url, prefix: 'heads' });
  stores.push(store);
  const { acts = false, key = 1 } = more;
  const tree = openTreeFile(':memory:', () => undefined);
  const files = openHeadFiles(join(temporaryFolder(), 'heads'));
  const told: string[] = [];
  const failed = (words: string): void => void told.push(words);
  const signer = openSigner(new Uint8Array(32).fill(key), origin);
  const on = { tree, files, acceptedLoss: false, failed };
  const state = { acts };
  const heads = signHeads({
    ...on,
    caughtUp: () => true,
    upTo: () => undefined,
    signer,
    clock: systemClock,
    everyMs: 50,
    mayAct: () => state.acts,
    exchange: exchangeHeads({
      ...on,
      shared: store.heads,
      headOf,
      isOurs: async ({ keyId }) => keyId === signer.keyId,
    }),
    mayNotSign: () => undefined,
  });
  closing.push(async () => {
    await heads.stop(undefined);
    tree.close();
  });
  return Object.assign(state, { heads, tree, told });
}

const grow = (to: number, ...trees: readonly Pick<Instance, 'tree'>[]): void => {
  for (const { tree } of trees)
    for (let n = tree.size() + 1; n <= to; n++)
      tree.add([{ position: `log:${n}`, hash: n.toString(16).padStart(64, '0') }], `log:${n}`);
};

/** Resolves once the instances have come to this. */
const inTurns = (holds: () => boolean) =>
  until(
    async () => holds(),
    (held) => held,
  );

const sizeOf = ({ heads }: Instance): number => heads.last()?.size ?? 0;

test('one that does not act signs nothing, and has each head of the one that does', async () => {
  const [acting, other] = [await instance({ acts: true }), await instance()];
  grow(3, acting, other);
  await inTurns(() => sizeOf(other) === 3);
  grow(5, acting, other);
  await inTurns(() => sizeOf(other) === 5);
  expect(other.heads.last()).toEqual(acting.heads.last());
  expect(other.heads.covering(2)).toEqual(acting.heads.covering(2));
  expect(server.log.of('heads.heads')).toHaveLength(2);
  expect([acting.heads.stopped(), other.heads.stopped()]).toEqual([undefined, undefined]);
});

test('one that takes over goes on from the last head, and a head waits until the tree has come as far', async () => {
  const [acting, other] = [await instance({ acts: true }), await instance()];
  grow(3, acting);
  await inTurns(() => sizeOf(acting) === 3 && server.log.of('heads.heads').length === 1);
  expect(sizeOf(other)).toBe(0);
  grow(4, other);
  await inTurns(() => sizeOf(other) === 3);
  [acting.acts, other.acts] = [false, true];
  grow(4, acting);
  await inTurns(() => sizeOf(other) === 4 && sizeOf(acting) === 4);
});

test('a head over other events than are read here is not kept, and is told', async () => {
  const [acting, other] = [await instance({ acts: true }), await instance()];
  grow(2, acting);
  other.tree.add([{ position: 'log:1', hash: 'f'.repeat(64) }], 'log:1');
  grow(2, other);
  await inTurns(() => other.heads.stopped() !== undefined);
  expect(other.heads.stopped()).toMatch(/over 2 events that are not the ones this instance reads/);
  expect([sizeOf(other), other.told.length]).toEqual([0, 1]);
});

test('a head by a key that is none of this log is not kept, and is told', async () => {
  const [acting, other] = [await instance({ acts: true, key: 2 }), await instance()];
  grow(2, acting, other);
  await inTurns(() => other.heads.stopped() !== undefined);
  expect(other.heads.stopped()).toMatch(/none of this log's. All instances must have the same key/);
  expect(sizeOf(other)).toBe(0);
});
