/** Verifies a log where it lies: in a file, or on a server. */
import type { Verification } from '../../domain/audit/verification.js';
import type { VerifyOrder } from '../log/log-place.js';
import { verifyFile } from './verify-file.js';
import { verifyServer } from './verify-server.js';

/** Answers `undefined` when `progress` ended it. Throws for what is no log, and MalformedNote for a head or key that is none. */
export async function verifyAnywhere(
  { log, ...against }: VerifyOrder,
  progress?: (events: number) => boolean,
): Promise<Verification | undefined> {
  if (typeof log === 'string') return verifyFile({ log, ...against }, progress);
  return await verifyServer({ log, ...against }, progress);
}
