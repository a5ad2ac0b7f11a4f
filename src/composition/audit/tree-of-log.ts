/** The audit's tree made from the file of a log, in one go. */
import type { Leaf } from '../../application/ports/audit-tree.js';
import { isCovered } from '../../domain/audit/leaves.js';
import type { TreeFile } from '../../infrastructure/audit/tree-file.js';
import { openLogFileToRead } from '../../infrastructure/event-store/sqlite/log-file.js';
import { scannedLog } from '../../infrastructure/event-store/sqlite/scan-log.js';

const atOnce = 10_000;

/** Adds every fact of the log to an empty tree, each by what its bytes are now. */
export function addLog(tree: TreeFile, log: string): void {
  const file = openLogFileToRead(log);
  let leaves: Leaf[] = [];
  const add = (): void => {
    const last = leaves.at(-1);
    if (last) tree.add(leaves, last.position);
    leaves = [];
  };
  for (const { place, stream, hash, hashNow } of scannedLog(file).events()) {
    if (isCovered(stream)) leaves.push({ position: `${file.logId}:${place}`, hash: hashNow ?? hash });
    if (leaves.length === atOnce) add();
  }
  add();
  file.db.close();
}
