/** When an account is due to be looked at: once since its minute of the day began, and whenever somebody asks. */
import { dayMs, lastMinuteOf } from '../../domain/hardening/daily-minute.js';
import type { HardeningLooks } from '../ports/hardening-looks.js';

/** An account of which no look is known is due for so long after its minute began, and then waits for the next. */
const graceMs = 3_600_000;

/** The looks as they are known, and since when this process runs (milliseconds). */
export class LookTimes {
  constructor(
    private readonly looks: Pick<HardeningLooks, 'latest'>,
    private readonly startedAt: number,
  ) {}

  /**
   * Milliseconds until the next look; 0 where it is due. An account of which no look is known waits for its minute, so that
   * neither a start nor a lost file makes all due at once.
   */
  untilMs(providerId: string, now: number): number {
    const last = lastMinuteOf(providerId, now);
    const latest = this.looks.latest(providerId);
    const isDue = latest ? Date.parse(latest.at) < last : this.startedAt <= last && now - last < graceMs;
    return isDue ? 0 : last + dayMs - now;
  }

  /** Whether nobody has looked since somebody asked for it (milliseconds). */
  isAskedFor(providerId: string, askedAt: number | undefined): boolean {
    if (askedAt === undefined) return false;
    const latest = this.looks.latest(providerId);
    return !latest || Date.parse(latest.at) < askedAt;
  }
}
