/** Evidence made without the service from a log on a server, the heads that were signed, and their keys. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { recordOf } from '../../application/audit/adopt-key.js';
import { headPending } from '../../application/audit/audit.js';
import { systemClock } from '../../application/ports/clock.js';
import { isCovered } from '../../domain/audit/leaves.js';
import { openHeadFiles } from '../../infrastructure/audit/head-files.js';
import {
  openTreeFile,
  openTreeToRead,
  type ReadableTree,
  type TreeFile,
} from '../../infrastructure/audit/tree-file.js';
import {
  type EventStoreDbEventStore,
  openEventStoreDb,
} from '../../infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { openLogScan, pagedLog } from '../../infrastructure/event-store/eventstoredb/log-scan.js';
import type { LogOnServer } from '../log/log-place.js';
import { auditedServer } from './audited-log.js';
import { type EvidenceSources, evidenceOf } from './evidence.js';
import { type EvidenceOrder, fits, NotWhatTheHeadCovers, requireSameLog } from './evidence-of-file.js';

type Order = Omit<EvidenceOrder, 'log'> & { readonly log: LogOnServer };

/** The pack; `undefined` when there is no such provider. Throws a `head-pending` refusal where no head covers the position. */
export async function evidenceOfServer(order: Order, sources: EvidenceSources): Promise<Uint8Array | undefined> {
  const { log, heads, providerId, upTo, keyOf } = order;
  // A log that is not there shall not be begun by whoever looks for it.
  await (await openLogScan(log)).close();
  const store = await openEventStoreDb(log);
  try {
    const { logId } = store;
    requireSameLog(order, logId);
    const folder = join(heads, logId);
    const files = existsSync(folder) ? openHeadFiles(folder) : undefined;
    const last = files?.last();
    if (!files || !last) throw headPending(`No signed head of the log ${logId} is in ${folder}.`, 1);
    const tree = await treeOver(log, last);
    try {
      const covering = (size: number) => files.firstFrom(size) ?? { againInSeconds: 1 };
      const keys = () => keysOf(store, last.origin, keyOf);
      const read = auditedServer({ server: log, store, clock: systemClock }, () => undefined).evidence;
      const position = upTo === undefined ? undefined : `${logId}:${upTo}`;
      return await evidenceOf({ ...sources, read }, { tree, covering, keys }, providerId, position);
    } finally {
      tree.close();
    }
  } finally {
    await store.close();
  }
}

async function keysOf(store: EventStoreDbEventStore, origin: string, keyOf: Order['keyOf']) {
  const { rotations } = await recordOf(store, store.logId);
  return { origin, key: rotations.at(-1)?.key ?? keyOf(store.logId, origin), rotations };
}

/** The tree that the head is over: the one in the data folder where it fits, else made from the log. */
async function treeOver(
  log: LogOnServer,
  head: { readonly size: number; readonly root: string },
): Promise<ReadableTree> {
  const beside = log.tree === undefined ? undefined : openTreeToRead(log.tree);
  if (beside && fits(beside, head)) return beside;
  beside?.close();
  const made = openTreeFile(':memory:', () => undefined);
  await addServerLog(made, log);
  if (fits(made, head)) return made;
  made.close();
  throw new NotWhatTheHeadCovers(
    `The log is not what the head over ${head.size} facts covers, so that nothing of it can be proven: run verify.`,
  );
}

async function addServerLog(tree: TreeFile, log: LogOnServer): Promise<void> {
  const scan = await openLogScan(log);
  try {
    for await (const page of pagedLog(scan).pages()) {
      const last = page.at(-1);
      const covered = page.filter(({ stream }) => isCovered(stream));
      const leaves = covered.map(({ place, hash, hashNow }) => ({
        position: `${scan.logId}:${place}`,
        hash: hashNow ?? hash,
      }));
      if (last) tree.add(leaves, `${scan.logId}:${last.place}`);
    }
  } finally {
    await scan.close();
  }
}
