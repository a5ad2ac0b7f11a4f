/** Sends each signed head to an archive outside, in their order; one that cannot be sent is tried again until it is there. */
import { errorText } from '../error-text.js';
import type { Clock } from '../ports/clock.js';
import type { HeadArchive, HeadFiles } from '../ports/signed-heads.js';

interface Archiving {
  readonly files: Pick<HeadFiles, 'firstFrom' | 'archivedUpTo' | 'noteArchived'>;
  readonly archive: HeadArchive;
  readonly clock: Clock;
  readonly everyMs: number;
  /** Whether this process may act now; what another one has not sent is sent when it may. */
  readonly mayAct: () => boolean;
  /** Hears why a head is not there, once a reason. */
  readonly failed: (words: string) => void;
}

export interface HeadArchiving {
  /** Why the last head is not in the archive; `undefined` when all are, or are on their way. */
  stopped(): string | undefined;
  /** Sends what is left, once. */
  stop(): Promise<void>;
}

export function archiveHeads({ files, archive, clock, everyMs, mayAct, failed }: Archiving): HeadArchiving {
  const stopping = new AbortController();
  let stopped: string | undefined;

  async function send(): Promise<void> {
    try {
      for (let next = files.firstFrom(files.archivedUpTo() + 1); next; next = files.firstFrom(next.size + 1)) {
        if (!mayAct()) return;
        await archive.keep(next);
        files.noteArchived(next.size);
      }
      stopped = undefined;
    } catch (error) {
      const words = errorText(error);
      if (words !== stopped) failed(words);
      stopped = words;
    }
  }

  const ended = (async () => {
    while (!stopping.signal.aborted) {
      await send();
      await clock.wait(everyMs, stopping.signal);
    }
  })();
  return {
    stopped: () => stopped,
    async stop() {
      stopping.abort();
      await ended;
      await send();
    },
  };
}
