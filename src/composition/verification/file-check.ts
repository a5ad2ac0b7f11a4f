/** The file of the log is looked through at the start and each day, beside everything else; until it is whole for certain, no account is begun. */
import { errorText } from '../../application/error-text.js';
import type { HealthSource } from '../../application/ports/health.js';
import type { Log } from '../../application/ports/log.js';
import { damageIn } from '../../infrastructure/event-store/sqlite/quick-check.js';
import { inThread } from './in-thread.js';

const program = new URL('./check-thread.js', import.meta.url);
const dayMs = 86_400_000;

export interface FileCheck {
  readonly health: HealthSource;
  /** `unchecked` until the first look is over, `damaged` once something was found. */
  readonly state: () => 'unchecked' | 'whole' | 'damaged';
  /** Resolves when the look that is under way is over. */
  readonly looked: () => Promise<void>;
  stop(): Promise<void>;
}

/** For a log that lies on a server, which looks after its own files. */
export const noFile: FileCheck = {
  health: { name: 'event-log-file', degraded: () => undefined },
  state: () => 'whole',
  looked: async () => undefined,
  stop: async () => undefined,
};

/** Begins to look through the file. What was found damaged stays so: a page that is whole again has lost what it held. */
export function checkLogFile(file: string, log: Log, thread: URL = program): FileCheck {
  const stopping = new AbortController();
  const { signal } = stopping;
  let damage: readonly string[] | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking = look();

  async function look(): Promise<void> {
    const found = await inThread<string, readonly string[]>(thread, file, signal).catch((error: unknown) => {
      if (signal.aborted) return undefined;
      log.info(
        { words: errorText(error) },
        'No thread can look through the file of the log, so it is done in this one.',
      );
      return damageIn(file);
    });
    if (found === undefined) return;
    if (found.length > 0) log.error({ file, damage: found }, wordsFor(file));
    if (damage === undefined || damage.length === 0) damage = found;
    timer = setTimeout(() => {
      looking = look();
    }, dayMs).unref();
  }

  return {
    health: {
      name: 'event-log-file',
      degraded: () => (damage?.length ? `The file of the log is damaged. ${waysOn}` : undefined),
    },
    state: () => (damage === undefined ? 'unchecked' : damage.length === 0 ? 'whole' : 'damaged'),
    looked: () => looking,
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await looking;
    },
  };
}

const waysOn =
  'No account is begun. Stop the service, keep the file, and put a backup back (docs/operations/backup.md).';
const wordsFor = (file: string): string => `${file} is damaged. ${waysOn}`;
