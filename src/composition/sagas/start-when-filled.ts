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
/** Where appends come without a pause there is always a newer end; what is missed then is found a minute later. */
const mostEnds = 20;

/**
 * Begins once the read models hold what the log holds at that moment: what is appended before nobody is woken for yet, and
 * what begins looks there for whom it has to care.
 */
export function startWhenFilled<T extends { stop(): Promise<void> }>(
  readModels: ReadModels,
  head: () => Position | undefined,
  begin: () => T,
): Begun<T> {
  const stopping = new AbortController();
  let running: T | undefined;
  async function beginWhenFilled(): Promise<void> {
    let end = head();
    for (let ends = 1; ends <= mostEnds; ends++) {
      await filled(readModels, end, stopping.signal);
      const next = head();
      if (next === end) break;
      end = next;
    }
    if (!stopping.signal.aborted) running = begin();
  }
  const ready = beginWhenFilled();
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
