/** A path in a folder of its own, for tests on real files. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where nothing is yet; `remove` takes the folder away with all that came to be in it. */
export async function temporaryFile(name = 'log.db'): Promise<{ file: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'partner-cloud-'));
  return { file: join(folder, name), remove: () => rm(folder, { recursive: true, force: true }) };
}
