/** When accounts were looked at, in a file beside those of the read models: a restart finds it, and nothing else rests on it. */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { HardeningLooks, Look, LookOutcome } from '../../application/ports/hardening-looks.js';
import { passes } from '../../infrastructure/sqlite-failures.js';
import { openModelFile } from '../engine/model-file.js';

const schema = `
  CREATE TABLE IF NOT EXISTS hardening_look (
    provider_id TEXT NOT NULL, day TEXT NOT NULL, payer_id TEXT NOT NULL, at TEXT NOT NULL, outcome TEXT NOT NULL,
    PRIMARY KEY (provider_id, day)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS hardening_look_day ON hardening_look (day, payer_id);`;

/** Days before the present one that are kept beside the last look of each account. */
const daysKept = 7;
const dayMs = 86_400_000;

/** Opens (or makes) the file in the folder of the read models. */
export const openLooksFile = (folder: string, thrownAway?: (why: string) => void): DatabaseSync =>
  openModelFile(join(folder, 'hardening-looks.db'), { schema, cacheMiB: 8 }, thrownAway);

/** The looks in an open file; what finds no room there is looked at again. */
export function openHardeningLooks(db: DatabaseSync): HardeningLooks {
  const latest = db.prepare(`
    SELECT provider_id AS providerId, payer_id AS payerId, at, outcome FROM hardening_look
    WHERE provider_id = ? AND outcome IN ('held', 'drifted') ORDER BY day DESC LIMIT 1`);
  // What was found on a day stays found, and what was seen counts before what was not.
  const upsert = db.prepare(`
    INSERT INTO hardening_look VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET
      payer_id = excluded.payer_id, at = CASE excluded.outcome WHEN 'failed' THEN at ELSE excluded.at END,
      outcome = CASE
        WHEN excluded.outcome = 'failed' THEN outcome
        WHEN excluded.outcome = 'held' AND outcome IN ('drifted', 'drifting') THEN 'drifted'
        ELSE excluded.outcome END`);
  const prune = db.prepare('DELETE FROM hardening_look WHERE provider_id = ? AND day < ?');
  const day = db.prepare('SELECT provider_id AS id, outcome FROM hardening_look WHERE day = ? AND payer_id = ?');
  const first = db.prepare('SELECT min(day) AS day FROM hardening_look');
  return {
    latest: (providerId) => latest.get(providerId) as Look | undefined,
    note({ providerId, payerId, at, outcome }) {
      try {
        upsert.run(providerId, at.slice(0, 10), payerId, at, outcome);
        if (outcome !== 'failed')
          prune.run(providerId, new Date(Date.parse(at) - daysKept * dayMs).toISOString().slice(0, 10));
      } catch (error) {
        if (!passes(error)) throw error;
      }
    },
    on(payerId, of) {
      const rows = day.all(of, payerId) as { id: string; outcome: LookOutcome }[];
      return { outcomes: new Map(rows.map(({ id, outcome }) => [id, outcome])) };
    },
    firstDay: () => (first.get() as { day: string | null }).day ?? undefined,
  };
}
