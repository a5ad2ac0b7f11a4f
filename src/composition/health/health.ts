/** What readiness rests on: the log can be written, and every read model that is served is filled and moves. */

import type { EventStore } from '../../application/ports/event-store.js';
import type { HealthSource } from '../../application/ports/health.js';
import type { ProjectionHealth } from '../../application/ports/read-model-health.js';
import type { ReadModels } from '../../application/ports/read-models.js';
import type { Check, Health } from '../../infrastructure/http/kit/health.js';
import type { Lag } from './lag.js';

/**
 * How long a failed write or read counts. After that, whoever spreads requests may send one again: only the next can tell
 * whether it is over, and a service that nobody asks would never find out.
 */
const failureCountsMs = 30_000;

const isLately = (at: number | undefined): boolean => at !== undefined && Date.now() - at < failureCountsMs;

interface Watched {
  readonly store: Pick<EventStore, 'health'>;
  readonly readModels: Pick<ReadModels, 'health'>;
  /** What may work less well without keeping requests from being served. */
  readonly parts?: readonly HealthSource[];
  /** How far this process is behind the log, where that is looked at. */
  readonly lag?: Pick<Lag, 'seconds' | 'health'>;
}

/** Whether this process can serve, and how each part of it stands; a read model that stands still names stream, revision and cause. */
export function healthOf({ store, readModels, parts = [], lag }: Watched): Health {
  const all = lag ? [...parts, lag.health] : parts;
  const startedAt = new Date().toISOString();
  return {
    live: () => ({ status: 'live', startedAt }),
    async ready() {
      const { problem, failedAt, readFailure } = store.health();
      const unwritten = isLately(failedAt) ? problem : undefined;
      const unread = isLately(readFailure?.at) ? readFailure?.words : undefined;
      const checks: Record<string, Check> = { 'event-log': checkOf(unwritten ?? unread) };
      for (const readModel of readModels.health()) checks[readModel.name] = readModelCheck(readModel);
      for (const part of all) checks[part.name] = partCheck(part);
      return { ok: Object.values(checks).every(({ ok }) => ok), checks, lagSeconds: lag?.seconds() ?? 0 };
    },
  };
}

/**
 * A read model that is being filled, or whose file fails, keeps this process from answering. One that stands still at an
 * event that cannot be read does so in every process, so that taking one after the other out of service would only make it
 * an outage of everybody. A version that is filled beside the one that is served keeps nobody waiting.
 */
function readModelCheck({ served, stopped, filling, at }: ProjectionHealth): Check {
  const detail = stopped ?? (filling ? 'is being filled from the log' : undefined);
  if (detail === undefined || (served && !at)) return checkOf(detail);
  if (served) return degradedOf(detail);
  return degradedOf(`degraded: this new version ${stopped ? `stands still at ${detail}` : detail}`);
}

function partCheck(part: HealthSource): Check {
  const failing = part.failing?.();
  return failing === undefined ? degradedOf(part.degraded()) : checkOf(failing);
}

const checkOf = (problem: string | undefined): Check =>
  problem === undefined ? { ok: true } : { ok: false, detail: problem };

/** A part that is degraded is told of, and takes nothing out of service. */
const degradedOf = (detail: string | undefined): Check => (detail === undefined ? { ok: true } : { ok: true, detail });
