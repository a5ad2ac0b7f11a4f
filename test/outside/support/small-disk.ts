/** A disk of a few megabytes that really is one: a file system of its own, in a namespace of its own. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Program, watchProgram } from '../../support/program.js';

export interface SmallDisk {
  readonly service: Program;
  /** Writes until the system says that there is no room. */
  fill(): void;
  makeRoom(): void;
}

/** Starts a program whose `folder` is a disk of so many megabytes; needs the right to mount (root, or user namespaces). */
export function startOnSmallDisk(folder: string, megabytes: number, script: string, env: NodeJS.ProcessEnv): SmallDisk {
  mkdirSync(folder, { recursive: true });
  const line = `mount -t tmpfs -o size=${megabytes}m tmpfs "$1" && exec "$2" "$3"`;
  const args = ['--map-root-user', '--mount', 'sh', '-c', line, 'sh', folder, process.execPath, script];
  const child = spawn('unshare', args, { env: { PATH: process.env.PATH, ...env } });
  // The disk is seen only by who lives in its namespace, and by others through that process.
  const filler = (): string => join(`/proc/${child.pid}/root`, folder, 'filler');
  return {
    service: watchProgram(script, child),
    fill() {
      const file = openSync(filler(), 'a');
      try {
        for (const bytes of [65_536, 1_024, 1]) writeUntilFull(file, Buffer.alloc(bytes, 1));
      } finally {
        closeSync(file);
      }
    },
    makeRoom: () => rmSync(filler()),
  };
}

function writeUntilFull(file: number, bytes: Buffer): void {
  try {
    for (;;) writeSync(file, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
