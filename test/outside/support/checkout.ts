/** The program as whoever has just cloned it has it, with what `npm ci` installs. */
import { copyFileSync, cpSync, existsSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** The plainest shell of this machine. */
export const shell = existsSync('/bin/dash') ? '/bin/dash' : '/bin/sh';

/** A checkout of its own, so that a build in it meets nobody else's. */
export function checkout(): string {
  const folder = temporaryFolder();
  for (const name of ['package.json', 'nest-cli.json', 'tsconfig.json', '.swcrc', 'vite.config.mjs'])
    copyFileSync(name, join(folder, name));
  for (const name of ['src', 'config', 'console', 'scripts']) cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}
