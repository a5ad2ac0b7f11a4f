/** Wakes those who wait for the next append that this process hears of, so that following needs no polling. */

export interface AppendSignal {
  /** Resolves the next time it is given, or when `signal` aborts. */
  next(signal: AbortSignal): Promise<void>;
  give(): void;
}

/** It has no memory: look for news first and wait in the same turn, because one that is given in between is missed. */
export function openAppendSignal(): AppendSignal {
  const sleepers = new Set<() => void>();
  return {
    next: (signal) =>
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
    give() {
      for (const wake of [...sleepers]) wake();
    },
  };
}
