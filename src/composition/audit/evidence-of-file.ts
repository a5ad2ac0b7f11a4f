/** Evidence made beside the service or without it, from the files alone: the log, the heads that were signed, and their keys. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { recordOf } from '../../application/audit/adopt-key.js';
import { headPending } from '../../application/audit/audit.js';
import { openHeadFiles } from '../../infrastructure/audit/head-files.js';
import { openTreeFile, openTreeToRead, type ReadableTree, treeFileName } from '../../infrastructure/audit/tree-file.js';
import { openLogFileToRead } from '../../infrastructure/event-store/sqlite/log-file.js';
import { openLogReader } from '../../infrastructure/event-store/sqlite/log-reader.js';
import { evidenceInFile } from './audited-log.js';
import { type EvidenceSources, evidenceOf } from './evidence.js';
import { addLog } from './tree-of-log.js';

export interface EvidenceOrder {
  /** The file of the log. */
  readonly log: string;
  /** The folder in which each log has a folder of its heads. */
  readonly heads: string;
  readonly providerId: string;
  /** The number in a position; without it up to the provider's last fact. */
  readonly upTo: number | undefined;
  /** The log that the position names, if it names one. */
  readonly ofLog?: string | undefined;
  /** The public key that signs now, given the log's id. */
  readonly keyOf: (logId: string, name: string) => string;
}

/** The position is of another log. */
export class OfAnotherLog extends Error {}

/** Throws {@link OfAnotherLog} where a position names another log than this one. */
export function requireSameLog({ ofLog }: Pick<EvidenceOrder, 'ofLog'>, logId: string): void {
  if (ofLog === undefined || ofLog === logId) return;
  throw new OfAnotherLog(
    `This position is of the log ${ofLog}, and this one is ${logId}. Where that log was moved here, its facts have new positions: \`npm run audit -- why\` and GET /v1/providers/{id}/history tell them.`,
  );
}

/** The log is not what the head covers, so that nothing of it can be proven. */
export class NotWhatTheHeadCovers extends Error {}

/** The pack; `undefined` when there is no such provider. Throws a `head-pending` refusal where no head covers the position. */
export async function evidenceOfFile(order: EvidenceOrder, sources: EvidenceSources): Promise<Uint8Array | undefined> {
  const { log, heads, providerId, upTo, keyOf } = order;
  const { logId, db } = openLogFileToRead(log);
  db.close();
  requireSameLog(order, logId);
  const folder = join(heads, logId);
  const files = existsSync(folder) ? openHeadFiles(folder) : undefined;
  const last = files?.last();
  if (!files || !last) throw headPending(`No signed head of the log ${logId} is in ${folder}.`, 1);
  using tree = treeOver(log, last);
  const covering = (size: number) => files.firstFrom(size) ?? { againInSeconds: 1 };
  const keys = async () => {
    const { rotations } = await rotationsIn(log, logId);
    const { origin } = last;
    return { origin, key: rotations.at(-1)?.key ?? keyOf(logId, origin), rotations };
  };
  const position = upTo === undefined ? undefined : `${logId}:${upTo}`;
  return await evidenceOf({ ...sources, read: evidenceInFile(log) }, { tree, covering, keys }, providerId, position);
}

async function rotationsIn(log: string, logId: string) {
  const reader = openLogReader(log);
  try {
    return await recordOf(reader, logId);
  } finally {
    reader.close();
  }
}

/** The tree that the head is over: the one beside the log where it fits, else made from the log. */
function treeOver(log: string, head: { readonly size: number; readonly root: string }): ReadableTree & Disposable {
  const beside = openTreeToRead(join(dirname(log), treeFileName));
  if (beside && fits(beside, head)) return disposable(beside);
  beside?.close();
  const made = openTreeFile(':memory:', () => undefined);
  addLog(made, log);
  if (fits(made, head)) return disposable(made);
  made.close();
  throw new NotWhatTheHeadCovers(
    `The log is not what the head over ${head.size} facts covers, so that nothing of it can be proven: run verify.`,
  );
}

const disposable = (tree: ReadableTree): ReadableTree & Disposable => ({
  ...tree,
  [Symbol.dispose]: () => tree.close(),
});

/** Whether a head is over the first leaves of a tree. */
export function fits(
  tree: Pick<ReadableTree, 'size' | 'root'>,
  { size, root }: { size: number; root: string },
): boolean {
  try {
    return tree.size() >= size && tree.root(size) === root;
  } catch {
    return false;
  }
}
