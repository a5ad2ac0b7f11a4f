/** All state of the simulated AWS in one SQLite file of JSON documents. */
import { DatabaseSync } from 'node:sqlite';
import type { Documents } from './core.js';

export interface DocumentStore extends Documents {
  /** Runs `work` whole or not at all; inside another transaction a throw undoes only the inner work. */
  transaction<T>(work: () => T): T;
  /** Forgets everything. */
  clear(): void;
  close(): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS documents (
    kind TEXT NOT NULL, account TEXT NOT NULL, key TEXT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (kind, account, key)
  ) WITHOUT ROWID`;

/**
 * Opens (or makes) the file; `:memory:` keeps nothing. WAL with `synchronous=NORMAL`: an answered request survives
 * the death of the process, and a power cut may lose the last ones, which a simulator can bear.
 */
export function openDocuments(file: string): DocumentStore {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000');
  db.exec(schema);
  return { ...reading(db), ...writing(db), transaction: transactions(db), close: () => db.close() };
}

function reading(db: DatabaseSync): Pick<Documents, 'get' | 'list' | 'listAfter'> {
  const one = db.prepare('SELECT document FROM documents WHERE kind = ? AND account = ? AND key = ?');
  const ofAccount = db.prepare('SELECT document FROM documents WHERE kind = ? AND account = ? ORDER BY key');
  const ofAll = db.prepare('SELECT document FROM documents WHERE kind = ? ORDER BY key, account');
  const afterAccount = db.prepare(
    'SELECT document FROM documents WHERE kind = ? AND account > ? ORDER BY account, key LIMIT ?',
  );
  return {
    get: <T>(kind: string, account: string, key: string) => {
      const row = one.get(kind, account, key);
      return row === undefined ? undefined : (JSON.parse(String(row.document)) as T);
    },
    list: <T>(kind: string, account: string) => {
      const rows = account === '*' ? ofAll.all(kind) : ofAccount.all(kind, account);
      return rows.map((row) => JSON.parse(String(row.document)) as T);
    },
    listAfter: <T>(kind: string, account: string, limit: number) =>
      afterAccount.all(kind, account, limit).map((row) => JSON.parse(String(row.document)) as T),
  };
}

function writing(db: DatabaseSync): Pick<DocumentStore, 'put' | 'remove' | 'clear'> {
  const put = db.prepare(`
    INSERT INTO documents (kind, account, key, document) VALUES (?, ?, ?, ?)
    ON CONFLICT (kind, account, key) DO UPDATE SET document = excluded.document`);
  const remove = db.prepare('DELETE FROM documents WHERE kind = ? AND account = ? AND key = ?');
  return {
    put: (kind, account, key, document) => {
      put.run(kind, account, key, JSON.stringify(document));
    },
    remove: (kind, account, key) => {
      remove.run(kind, account, key);
    },
    clear: () => db.exec('DELETE FROM documents'),
  };
}

function transactions(db: DatabaseSync): DocumentStore['transaction'] {
  let depth = 0;
  return (work) => {
    const inner = depth > 0;
    const name = `inner_${depth}`;
    db.exec(inner ? `SAVEPOINT ${name}` : 'BEGIN IMMEDIATE');
    depth += 1;
    try {
      const result = work();
      db.exec(inner ? `RELEASE ${name}` : 'COMMIT');
      return result;
    } catch (error) {
      db.exec(inner ? `ROLLBACK TO ${name}; RELEASE ${name}` : 'ROLLBACK');
      throw error;
    } finally {
      depth -= 1;
    }
  };
}
