/** What readiness rests on: the log can be written, and every read model moves. */
import type { ReadModels } from './application/read-models.js';
import type { SqliteEventStore } from './infrastructure/event-store/sqlite-event-store.js';
import type { Check, Health } from './infrastructure/http/health.js';

export function healthOf({ store, readModels }: { store: SqliteEventStore; readModels: ReadModels }): Health {
  const startedAt = new Date().toISOString();
  return {
    live: () => ({ status: 'live', startedAt }),
    async ready() {
      const { problem } = store.health();
      const checks: Record<string, Check> = { 'event-log': checkOf(problem) };
      for (const { name, stopped } of readModels.health()) checks[name] = checkOf(stopped);
      return { ok: Object.values(checks).every(({ ok }) => ok), checks };
    },
  };
}

const checkOf = (problem: string | undefined): Check =>
  problem === undefined ? { ok: true } : { ok: false, detail: problem };
