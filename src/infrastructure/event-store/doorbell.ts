/** Wakes those who wait for the next append of this process, so that following needs no polling. */

export interface Doorbell {
  /** Resolves at the next ring, or when the signal aborts. */
  rung(signal: AbortSignal): Promise<void>;
  ring(): void;
}

/** A bell without memory: look for news first and wait for a ring in the same turn, else one may be missed. */
export function hangDoorbell(): Doorbell {
  const sleepers = new Set<() => void>();
  return {
    rung: (signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          sleepers.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        if (signal.aborted) return resolve();
        sleepers.add(wake);
        signal.addEventListener('abort', wake);
      }),
    ring() {
      for (const wake of [...sleepers]) wake();
    },
  };
}
