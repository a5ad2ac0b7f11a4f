/** Verifies a log on a server, page by page, as a file is verified. */
import { verifyPages } from '../../application/audit/verify-log.js';
import type { Verification } from '../../domain/audit/verification.js';
import { openTreeToRead } from '../../infrastructure/audit/tree-file.js';
import { openLogScan, pagedLog } from '../../infrastructure/event-store/eventstoredb/log-scan.js';
import type { LogOnServer, VerifyOrder } from '../log/log-place.js';
import { against } from './verify-file.js';

/** Answers `undefined` when `progress` ended it. Throws where there is no log, and MalformedNote for a head or key that is none. */
export async function verifyServer(
  { log, head, keys }: VerifyOrder & { readonly log: LogOnServer },
  progress?: (events: number) => boolean,
): Promise<Verification | undefined> {
  const tree = log.tree === undefined ? undefined : openTreeToRead(log.tree);
  const held = against({ head, keys, tree, progress });
  const scan = await openLogScan(log);
  try {
    return await verifyPages(pagedLog(scan), held);
  } finally {
    tree?.close();
    await scan.close();
  }
}
