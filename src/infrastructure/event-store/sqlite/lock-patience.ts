/** How long another process's lock on the file is borne: it is asked for again and again, while everything else goes on. */

const waitMs = 5_000;
const pauseMs = 25;

export interface LockPatience {
  /** The lock was in the way; answers whether to try again. */
  met(): boolean;
  /** It was not in the way. */
  gone(): void;
  /** Does something later: in this turn of the event loop still, or after a pause while the lock is in the way. */
  later(work: () => void): void;
}

export function openLockPatience(): LockPatience {
  let since: number | undefined;
  return {
    met() {
      since ??= performance.now();
      return performance.now() - since < waitMs;
    },
    gone() {
      since = undefined;
    },
    later: (work) => void (since === undefined ? setImmediate(work) : setTimeout(work, pauseMs)),
  };
}

export const lockedWords = `another process has kept its file locked for ${waitMs / 1_000} s`;
