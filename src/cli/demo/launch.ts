/** A program started as a child that ends with its parent and writes what it says into a file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Program {
  /** What people call it, such as `The service`. */
  readonly name: string;
  /** File in `dist`, such as `main.js`. */
  readonly script: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Where its output goes. */
  readonly logFile: string;
  /** Answers with 200 once the program is ready. */
  readonly readyUrl: string;
}

export interface Launched {
  readonly child: ChildProcess;
  /** The end of what it wrote to standard error. */
  complaint(): string;
}

const complaintLength = 1_500;
const outputs = ['ignore', 'pipe', 'pipe', 'ipc'] as const;

/** Starts it in a group of its own: Ctrl-C in the terminal reaches the parent alone, which then stops its children in order. */
export function launch({ script, args, env, logFile }: Program): Launched {
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  const file = fileURLToPath(new URL(`../../${script}`, import.meta.url));
  const preload = new URL('./ends-with-parent.js', import.meta.url).href;
  const command = ['--import', preload, file, ...args];
  const child = spawn(process.execPath, command, { env, stdio: [...outputs], detached: true });
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  let complaint = '';
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  child.stderr?.on('data', (chunk) => {
    complaint = (complaint + chunk).slice(-complaintLength);
  });
  child.once('close', () => log.end());
  return { child, complaint: () => complaint.trim() };
}

/** Ports below those that systems hand out for outgoing connections, one of which could take the port at any moment. */
const [lowestPort, portsToTry] = [20_000, 12_000];
const triesAtMost = 100;

/** A port of the loopback interface that is free now, and likely still is when a killed program comes back to it. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < triesAtMost; tries++) {
    const port = lowestPort + randomInt(portsToTry);
    if (await isFree(port)) return port;
  }
  throw new Error('There is no free port.');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
