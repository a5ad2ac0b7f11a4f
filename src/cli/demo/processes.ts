/** The programs that the demo runs beside itself: each a child that ends with it, and starts again when it is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Program {
  /** File in `dist`, such as `main.js`. */
  readonly script: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Where its output goes. */
  readonly logFile: string;
  /** Answers with 200 once the program is ready. */
  readonly readyUrl: string;
}

export interface Running {
  pid(): number | undefined;
  /** Asks the program to stop and resolves when it has. */
  stop(): Promise<void>;
}

const startsAtMost = 20;
const readyWithinMs = 60_000;
const lookEveryMs = 100;
const stopWithinMs = 15_000;

/** A port of the loopback interface that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('There is no free port.')),
      );
    });
  });
}

/** Starts a program, resolves once it is ready, and starts it again whenever it dies; `restarted` hears of that. */
export async function keepRunning(program: Program, restarted: (signal: string) => void): Promise<Running> {
  mkdirSync(dirname(program.logFile), { recursive: true });
  let child: ChildProcess | undefined;
  let stopping = false;
  let starts = 0;
  const ended = new Promise<void>((resolve) => {
    const start = (): void => {
      starts++;
      child = launch(program);
      child.once('exit', (code, signal) => {
        if (stopping || code === 78 || starts >= startsAtMost) return resolve();
        restarted(signal ?? `exit code ${code}`);
        start();
      });
    };
    start();
  });
  const gone = ended.then(() => {
    if (!stopping) throw new Error(`${program.script} does not stay up; see ${program.logFile}`);
  });
  gone.catch(() => undefined);
  await Promise.race([ready(program), gone]);
  return {
    pid: () => child?.pid,
    async stop() {
      stopping = true;
      child?.kill('SIGTERM');
      const giveUp = setTimeout(() => child?.kill('SIGKILL'), stopWithinMs);
      await ended;
      clearTimeout(giveUp);
    },
  };
}

function launch({ script, args, env, logFile }: Program): ChildProcess {
  const file = fileURLToPath(new URL(`../../${script}`, import.meta.url));
  const preload = new URL('./ends-with-parent.js', import.meta.url).href;
  const stdio = ['ignore', 'pipe', 'pipe', 'ipc'] as const;
  const child = spawn(process.execPath, ['--import', preload, file, ...args], { env, stdio: [...stdio] });
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  child.once('close', () => log.end());
  return child;
}

async function ready({ readyUrl, script, logFile }: Program): Promise<void> {
  const by = Date.now() + readyWithinMs;
  while (Date.now() < by) {
    const answer = await fetch(readyUrl).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  throw new Error(`${script} is not ready after ${readyWithinMs / 1_000} seconds; see ${logFile}`);
}
