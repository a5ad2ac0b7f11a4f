/** The log is verified at the start, each day and when an auditor asks, in a thread of its own; readiness and figures say what came of it. */
import type { LogVerifier } from '../../application/audit/audit.js';
import { errorText } from '../../application/error-text.js';
import type { Clock } from '../../application/ports/clock.js';
import type { HealthSource } from '../../application/ports/health.js';
import type { Log } from '../../application/ports/log.js';
import type { Verification } from '../../domain/audit/verification.js';
import type { VerifyOrder } from '../log/log-place.js';
import type { AuditedLog } from './audited-log.js';

const dayMs = 86_400_000;

interface Verifying {
  /** How the log is verified where it lies. */
  readonly audited: Pick<AuditedLog, 'verify'>;
  /** The last head's checkpoint, and the keys that may have signed it. */
  readonly own: () => Promise<Pick<VerifyOrder, 'head' | 'keys'>>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface LogVerification extends LogVerifier {
  readonly health: HealthSource;
  /** Resolves when what is under way is over. */
  readonly verified: () => Promise<void>;
  stop(): Promise<void>;
}

/** Begins with the whole log against the last head that was signed, so that what was changed while the service was down is found. */
export function startVerification({ audited, own, clock, log }: Verifying): LogVerification {
  const stopping = new AbortController();
  const { signal } = stopping;
  let last: ReturnType<LogVerifier['last']>;
  // One after the other: each reads the whole log.
  let line: Promise<unknown> = Promise.resolve();

  const verify: LogVerifier['verify'] = (given) => {
    const turn = line.then(async () => {
      const found = await audited.verify(given ?? (await own()), signal);
      if (given === undefined && found) last = { ...found, at: clock.now() };
      return found;
    });
    line = turn.catch(() => undefined);
    return turn;
  };
  const routine = async (): Promise<void> => {
    while (!signal.aborted) {
      await verify().then(
        (found) => tell(found, log),
        (error: unknown) => log.error({ words: errorText(error) }, 'The log could not be verified.'),
      );
      await clock.wait(dayMs, signal);
    }
  };
  const ended = routine();
  return {
    verify,
    last: () => last,
    health: { name: 'audit-verification', degraded: () => wordsFor(last) },
    verified: async () => void (await line),
    async stop() {
      stopping.abort();
      await ended;
      await line;
    },
  };
}

const lineOf = ({ check, position, words }: Verification['findings'][number]): string =>
  position === undefined ? `${check}: ${words}` : `${check} at ${position}: ${words}`;

function tell(found: Verification | undefined, log: Log): void {
  if (!found) return;
  const { verdict, events, firstBad, findings, gaps } = found;
  if (verdict === 'changed')
    log.error({ firstBad, findings: findings.slice(0, 5).map(lineOf) }, 'The log is not what was recorded.');
  else log.info({ verdict, events, gaps: gaps.length }, 'The log was verified.');
}

function wordsFor(last: Verification | undefined): string | undefined {
  if (last?.verdict === 'changed')
    return `The log is not what was recorded${last.firstBad === undefined ? '' : `, from position ${last.firstBad} on`}. Run \`npm run audit -- verify\` (docs/audit.md).`;
  if (last?.verdict === 'gap') return 'A loss of the log was accepted, so that it cannot be verified as a whole.';
  return undefined;
}
