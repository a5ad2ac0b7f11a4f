/** Sources run in a process of their own, by the same Node that runs the tests. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const hooks = new URL('./typescript-hooks.mjs', import.meta.url).href;

/** Starts a TypeScript file (path from the project's root) with arguments and an environment of its own. */
export function startScript(
  file: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): ChildProcessWithoutNullStreams {
  const script = fileURLToPath(new URL(`../../${file}`, import.meta.url));
  return spawn(process.execPath, ['--import', hooks, script, ...args], { env: { PATH: process.env.PATH, ...env } });
}

/** What a process wrote and how it ended (`code` is null when a signal ended it). */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Resolves when the process is gone and all it wrote is read. */
export function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
