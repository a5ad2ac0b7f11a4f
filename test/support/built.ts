/**
 * The programs as `npm run build` makes them, in a folder of the test's own, so that a test never needs a build before it.
 * A suite that is run right after a build names what was built in BUILT_PROGRAMS, and shares it.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temporary-folder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const compiler = join(root, 'node_modules', '@swc', 'cli', 'bin', 'swc.js');

let folder = process.env.BUILT_PROGRAMS;

/** The path of a built program, such as `main.js`; the first call builds all of them (about a second). */
export function built(script: string): string {
  folder ??= build();
  return join(folder, script);
}

function build(): string {
  const made = temporaryFolder();
  const dist = join(made, 'dist');
  const args = ['src', '--out-dir', dist, '--strip-leading-paths', '--quiet'];
  execFileSync(process.execPath, [compiler, ...args], { cwd: root });
  // What makes the files modules, and where they find their packages.
  copyFileSync(join(root, 'package.json'), join(made, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(made, 'node_modules'));
  return dist;
}
