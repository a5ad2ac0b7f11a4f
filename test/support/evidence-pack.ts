/** An evidence pack as an auditor takes it away: unpacked, and checked by the verifier in it on whatever Node the machine has. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { temporaryFolder } from './temporary-folder.js';

/** Unpacks into a new folder. */
export function unpacked(bytes: Uint8Array): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(unzipSync(bytes))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** The machine's own Node where it has one beside the project's. */
const systemNode = ['/usr/bin/node', '/usr/local/bin/node'].find((file) => existsSync(file)) ?? process.execPath;

/** What the pack's own program says of it, with nothing of the project at hand. */
export function verified(folder: string): { readonly code: number; readonly words: string } {
  try {
    const env = { PATH: process.env.PATH ?? '' };
    const words = execFileSync(systemNode, ['verify.mjs'], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' });
    return { code: 0, words };
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: string };
    return { code: status, words: stderr };
  }
}
