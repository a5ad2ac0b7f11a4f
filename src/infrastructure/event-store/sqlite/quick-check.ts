/** Whether the pages of a log's file are whole. It reads all of them, so it is to be asked in a thread of its own. */
import { DatabaseSync } from 'node:sqlite';
import { errorText } from '../../../application/error-text.js';
import { isOfTheFile } from '../../sqlite-failures.js';

const mostTold = 5;

/** What is damaged, in SQLite's words; none in a whole file. Source: SQLite, "PRAGMA quick_check". */
export function damageIn(file: string): readonly string[] {
  try {
    using db = new DatabaseSync(file, { readOnly: true });
    const rows = db.prepare(`PRAGMA quick_check(${mostTold})`).all() as unknown as { readonly quick_check: string }[];
    return rows.map((row) => row.quick_check).filter((words) => words !== 'ok');
  } catch (error) {
    if (isOfTheFile(error)) return [errorText(error)];
    throw error;
  }
}
