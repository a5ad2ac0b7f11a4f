/** Begins what rests on the read models of the queue once they are filled, while the rest of the service is up and can be stopped. */

import type { Position } from '../../application/ports/event-store.js';
import type { ReadModels } from '../../application/ports/read-models.js';
import { queueModels, servedOf } from '../../application/quarantine/standstill.js';

export interface Begun<T extends { stop(): Promise<void> }> {
  /** Resolves once it has begun, or was stopped before; rejects when it could not begin. */
  readonly ready: Promise<void>;
  /** What has begun, if it has. */
  running(): T | undefined;
  stop(): Promise<void>;
}

const lookMs = 250;

/** Begins once the read models hold what the log holds now (`head`). */
export function startWhenFilled<T extends { stop(): Promise<void> }>(
  readModels: ReadModels,
  head: Position | undefined,
  begin: () => T,
): Begun<T> {
  const stopping = new AbortController();
  let running: T | undefined;
  const ready = filled(readModels, head, stopping.signal).then(() => {
    if (!stopping.signal.aborted) running = begin();
  });
  return {
    ready,
    running: () => running,
    async stop() {
      stopping.abort();
      // Why it could not begin is told to whoever waits for it.
      await ready.catch(() => undefined);
      await running?.stop();
    },
  };
}

/** Read models that stand still there need a person; what they hold is good to work with meanwhile. */
async function filled(readModels: ReadModels, head: Position | undefined, signal: AbortSignal): Promise<void> {
  if (head === undefined) return;
  while (!signal.aborted && !(await readModels.waitFor(head, lookMs, signal, queueModels)))
    if (servedOf(readModels, queueModels).some(({ stopped }) => stopped !== undefined)) return;
}
