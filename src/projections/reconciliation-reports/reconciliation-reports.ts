/** The last report of reconciliation, in a file beside those of the read models: a restart finds it, and its loss only means another. */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Report } from '../../application/reconciliation/compare.js';
import type { Reports } from '../../application/reconciliation/reconciliation.js';
import { passes } from '../../infrastructure/sqlite-failures.js';
import { openModelFile } from '../engine/model-file.js';

const schema =
  'CREATE TABLE IF NOT EXISTS reconciliation_report (one INTEGER PRIMARY KEY CHECK (one = 1), report TEXT NOT NULL);';

/** Opens (or makes) the file of the reports in the folder of the read models. */
export const openReportFile = (folder: string, thrownAway?: (why: string) => void): DatabaseSync =>
  openModelFile(join(folder, 'reconciliation-report.db'), { schema, cacheMiB: 2 }, thrownAway);

/** The reports in an open file; one that finds no room there is kept in memory. */
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
