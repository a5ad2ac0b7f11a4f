/** A clock of the service's that the test sets, also while it runs. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface ServiceClock {
  /** What the service is started with. */
  readonly env: NodeJS.ProcessEnv;
  /** Sets it so many milliseconds ahead of this machine's. */
  ahead(ms: number): void;
}

export const hourMs = 3_600_000;

export function clockIn(folder: string): ServiceClock {
  const file = join(folder, 'clock');
  const ahead = (ms: number): void => writeFileSync(file, String(ms));
  ahead(0);
  const preload = resolve('test/outside/support/moving-clock.mjs');
  return { env: { CLOCK_FILE: file, NODE_OPTIONS: `--import=${preload}` }, ahead };
}
