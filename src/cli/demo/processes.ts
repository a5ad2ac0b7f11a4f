/** The programs that the demo runs beside itself: each is started again when it is killed, until it is told to stop. */
import { setTimeout as wait } from 'node:timers/promises';
import { startAgain } from '../../composition/start/exit-codes.js';
import { type Launched, launch, type Program } from './launch.js';

export interface Running {
  pid(): number | undefined;
  /** Rejects, with what the program said last, when it does not stay up. */
  readonly lost: Promise<never>;
  /** Asks the program to stop and resolves when it has. */
  stop(): Promise<void>;
}

const startsAtMost = 20;
const readyWithinMs = 60_000;
const lookEveryMs = 50;
const stopWithinMs = 15_000;

/**
 * Starts a program and resolves once it is ready. When it dies it is started again, and `restarted` hears of that; one that
 * gives up by itself before it was ever ready is not, for it would do so again. Rejects when it gave up or `signal` aborts.
 */
export async function keepRunning(
  program: Program,
  restarted: (why: string) => void,
  signal: AbortSignal,
): Promise<Running> {
  const kept = new Kept(program, restarted);
  try {
    await Promise.race([ready(program, signal), kept.lost]);
    kept.wasReady = true;
    return kept;
  } catch (error) {
    await kept.stop();
    throw error;
  }
}

class Kept implements Running {
  wasReady = false;
  #starts = 0;
  #stopping = false;
  #launched: Launched;
  readonly #lost = Promise.withResolvers<never>();
  readonly #ended = Promise.withResolvers<void>();

  constructor(
    private readonly program: Program,
    private readonly restarted: (why: string) => void,
  ) {
    // Whoever waits for it hears of it; without anybody there is nothing to tell.
    this.lost.catch(() => undefined);
    this.#launched = this.#start();
  }

  get lost(): Promise<never> {
    return this.#lost.promise;
  }

  pid(): number | undefined {
    return this.#launched.child.pid;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#launched.child.kill('SIGTERM');
    const giveUp = setTimeout(() => this.#launched.child.kill('SIGKILL'), stopWithinMs);
    await this.#ended.promise;
    clearTimeout(giveUp);
  }

  #start(): Launched {
    this.#starts++;
    const launched = launch(this.program);
    launched.child.once('close', (code, killedBy) => this.#died(code, killedBy, launched.complaint()));
    return launched;
  }

  #died(code: number | null, killedBy: NodeJS.Signals | null, complaint: string): void {
    const gaveUp = !this.wasReady && killedBy === null && code !== startAgain;
    if (!this.#stopping && !gaveUp && this.#starts < startsAtMost) {
      this.restarted(killedBy ?? `exit code ${code}`);
      this.#launched = this.#start();
      return;
    }
    const { name, logFile } = this.program;
    if (!this.#stopping) this.#lost.reject(new Error(`${name} does not stay up. ${complaint || `See ${logFile}.`}`));
    this.#ended.resolve();
  }
}

async function ready({ readyUrl, name, logFile }: Program, signal: AbortSignal): Promise<void> {
  const by = Date.now() + readyWithinMs;
  while (Date.now() < by) {
    const answer = await fetch(readyUrl, { signal }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await wait(lookEveryMs, undefined, { signal });
  }
  throw new Error(`${name} is not ready after ${readyWithinMs / 1_000} seconds; see ${logFile}`);
}
