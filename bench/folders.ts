/** Where benchmarks keep their files: all on one disk, below `bench/.data`, which git ignores. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is made once and kept. */
export const keptFolder = fileURLToPath(new URL('./.data/', import.meta.url));

/** An empty folder for one run, gone when the process ends. It is on the disk whose speed is measured, not in memory. */
export function runFolder(): string {
  mkdirSync(keptFolder, { recursive: true });
  const folder = mkdtempSync(join(keptFolder, 'run-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
