/** Those who wait until read models hold something. */

export interface Waiters {
  /** Resolves true once it is so, false after so many milliseconds or when the signal aborts; rejects with what `reached` throws. */
  until(reached: () => boolean, timeoutMs: number, signal: AbortSignal | undefined): Promise<boolean>;
  /** Looks for each of them whether it is so now. */
  check(): void;
}

export function openWaiters(): Waiters {
  const waiters = new Set<() => void>();
  return {
    check() {
      for (const check of [...waiters]) check();
    },
    until: (reached, timeoutMs, signal) => until(waiters, reached, timeoutMs, signal),
  };
}

function until(
  waiters: Set<() => void>,
  reached: () => boolean,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (reached()) return Promise.resolve(true);
  if (signal?.aborted) return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    const end = (tell: () => void): void => {
      clearTimeout(timer);
      waiters.delete(check);
      signal?.removeEventListener('abort', giveUp);
      tell();
    };
    // A reader calls this, so whatever is thrown here goes to who waits and not to the reader.
    const check = (): void => {
      try {
        if (reached()) end(() => resolve(true));
      } catch (error) {
        end(() => reject(error));
      }
    };
    const giveUp = (): void => end(() => resolve(false));
    const timer = setTimeout(giveUp, timeoutMs);
    signal?.addEventListener('abort', giveUp);
    waiters.add(check);
  });
}
