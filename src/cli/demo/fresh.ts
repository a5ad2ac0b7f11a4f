/** Starting over: the demo's data is moved aside, so that nothing is destroyed by a slip. */
import { existsSync, renameSync } from 'node:fs';
import { claimDataFolder } from '../../infrastructure/data-folder.js';
import { forgetLog } from '../../infrastructure/known-logs.js';

/**
 * Moves the data folder aside and forgets its log; answers with where it lies now, `undefined` when there was none. Throws
 * while a service works with the folder.
 */
export function startOver(data: string, keys: string, now: Date): string | undefined {
  if (existsSync(data)) claimDataFolder(data).release();
  forgetLog(keys, data);
  if (!existsSync(data)) return undefined;
  const aside = `${data}.${now.toISOString().replace(/[:.]/g, '-')}`;
  renameSync(data, aside);
  return aside;
}
