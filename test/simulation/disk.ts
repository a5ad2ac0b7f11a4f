/** The disk under the files of a run: it can be full for a while, and SQLite itself then says so. */
import type { DatabaseSync } from 'node:sqlite';

const plenty = 1_000_000;

export class Disk {
  readonly #files = new Set<DatabaseSync>();
  #full = false;

  /** An open file lies on this disk, until it is closed. */
  holds(db: DatabaseSync): void {
    if (this.#files.has(db)) return;
    this.#files.add(db);
    if (this.#full) limit(db);
  }

  /** From now on no file grows. */
  fill(): void {
    this.#full = true;
    this.#each(limit);
  }

  makeRoom(): void {
    this.#full = false;
    this.#each((db) => db.exec(`PRAGMA max_page_count = ${plenty}`));
  }

  #each(change: (db: DatabaseSync) => void): void {
    for (const db of this.#files)
      if (db.isOpen) change(db);
      else this.#files.delete(db);
  }
}

function limit(db: DatabaseSync): void {
  const { page_count: pages } = db.prepare('PRAGMA page_count').get() as { page_count: number };
  db.exec(`PRAGMA max_page_count = ${pages}`);
}
