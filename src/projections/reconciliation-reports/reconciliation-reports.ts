/** The last report of reconciliation, in the file of the read models: a restart finds it, and its loss only means another. */
import type { DatabaseSync } from 'node:sqlite';
import type { Report } from '../../application/reconciliation/compare.js';
import type { Reports } from '../../application/reconciliation/reconciliation.js';
import { passes } from '../engine/sqlite-failures.js';

export const reportsSchema =
  'CREATE TABLE IF NOT EXISTS reconciliation_report (one INTEGER PRIMARY KEY CHECK (one = 1), report TEXT NOT NULL);';

/** The reports in an open file of read models; one that finds no room there is kept in memory. */
export function openReports(db: DatabaseSync): Reports {
  const select = db.prepare('SELECT report FROM reconciliation_report');
  const upsert = db.prepare('INSERT OR REPLACE INTO reconciliation_report VALUES (1, ?)');
  const row = select.get() as { report: string } | undefined;
  let last = row && (JSON.parse(row.report) as Report);
  return {
    last: () => last,
    keep(report) {
      last = report;
      try {
        upsert.run(JSON.stringify(report));
      } catch (error) {
        if (!passes(error)) throw error;
      }
    },
  };
}
