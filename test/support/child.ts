/** Sources run in a process of their own, by the same Node that runs the tests. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

type Child = ChildProcessWithoutNullStreams;

const hooks = new URL('./typescript-hooks.mjs', import.meta.url).href;

/** The address of a source (path from the project's root), as `import` takes it. */
export const source = (file: string): string => new URL(`../../${file}`, import.meta.url).href;

/** Starts a TypeScript file (path from the project's root) with arguments and an environment of its own. */
export const startScript = (file: string, args: readonly string[], env: NodeJS.ProcessEnv): Child =>
  start([fileURLToPath(source(file)), ...args], env);

/** Starts a few lines of JavaScript, a module that may import sources; its first argument is `process.argv[1]`. */
export const startLines = (lines: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Child =>
  start(['--input-type=module', '--eval', lines, ...args], env);

function start(args: readonly string[], env: NodeJS.ProcessEnv): Child {
  return spawn(process.execPath, ['--import', hooks, ...args], { env: { PATH: process.env.PATH, ...env } });
}

/** What a process wrote and how it ended (`code` is null when a signal ended it). */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Resolves when the process is gone and all it wrote is read. */
export function ended(child: Child): Promise<Ended> {
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
