/** A state table: the rows of a projection that keeps one folded state a provider. Those that are read together lie together, the latest kept in memory. */
import { hash } from 'node:crypto';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';

/** How the states lie in the table. */
export interface StateTable<S> {
  readonly table: string;
  /** The column that holds the state as JSON. */
  readonly document: string;
  /** A name that rows share which are read together; they lie together in the file, in order of arrival. */
  together(state: S): string;
  /** Columns that are written once, for the indexes they are in are then written once too. */
  settled(state: S): Columns;
  /** Columns that are written whenever one of them changes. */
  moving(state: S): Columns;
}

type Columns = Readonly<Record<string, SQLInputValue>>;

interface Row<S> {
  readonly place: number | bigint;
  readonly state: S;
}

/** Enough for every provider that is on its way, and few enough to be held in memory. */
const remembered = 4_000;

export interface States<S> {
  /** Gives the stored state (`undefined` for a new provider) to a fold and writes what it answers. */
  change(providerId: string, isNew: boolean, fold: (state: S | undefined) => S): void;
  remove(providerId: string): void;
}

/**
 * Prepares the ways to change states. Rows are found by provider and changed by place, a number that is also their order in the file.
 * What is remembered rests on the open transaction: after one that failed this must be prepared anew.
 */
export function openStates<S>(
  db: DatabaseSync,
  { table, document, together, settled, moving }: StateTable<S>,
): States<S> {
  const select = db.prepare(`SELECT place, ${document} AS document FROM ${table} WHERE provider_id = ?`);
  const change = db.prepare(`UPDATE ${table} SET ${document} = ? WHERE place = ?`);
  const remove = db.prepare(`DELETE FROM ${table} WHERE provider_id = ?`);
  const recent = new LRUCache<string, Row<S>>({ max: remembered });
  const write = openWrites(db, table);

  function stored(providerId: string): Row<S> | undefined {
    const known = recent.get(providerId);
    if (known) return known;
    const row = select.get(providerId) as { place: number; document: string } | undefined;
    return row && { place: row.place, state: JSON.parse(row.document) as S };
  }

  function written(providerId: string, before: Row<S> | undefined, state: S): number | bigint {
    const text = JSON.stringify(state);
    const columns = moving(state);
    const row = { ...columns, [document]: text };
    if (!before) return write.insert(shelfOf(together(state)), { provider_id: providerId, ...settled(state), ...row });
    if (same(moving(before.state), columns)) change.run(text, before.place);
    else write.update(row, before.place);
    return before.place;
  }

  return {
    change(providerId, isNew, fold) {
      const before = isNew ? undefined : stored(providerId);
      const state = fold(before?.state);
      recent.set(providerId, { place: written(providerId, before, state), state });
    },
    remove(providerId) {
      recent.delete(providerId);
      remove.run(providerId);
    },
  };
}

/** How many rows have room on one shelf. */
const places = 2 ** 32;

/** The place before the first of all that share a name, and of the few whose names happen to share 20 bits of their hashes. */
const shelfOf = (name: string): number => Number.parseInt(hash('sha256', name).slice(0, 5), 16) * places;

const same = (a: Columns, b: Columns): boolean => Object.keys(a).every((name) => a[name] === b[name]);

/** Statements over the columns that come with the first row; every later row must have the same. */
function openWrites(db: DatabaseSync, table: string) {
  let insert: StatementSync | undefined;
  let update: StatementSync | undefined;
  return {
    insert(shelf: number, columns: Columns): number | bigint {
      const names = Object.keys(columns);
      const last = `SELECT place FROM ${table} WHERE place > ?1 AND place < ?1 + ${places} ORDER BY place DESC LIMIT 1`;
      insert ??= db.prepare(
        `INSERT INTO ${table} (place, ${names.join(', ')}) VALUES (1 + coalesce((${last}), ?1), ${names.map(() => '?').join(', ')})`,
      );
      return insert.run(shelf, ...Object.values(columns)).lastInsertRowid;
    },
    update(columns: Columns, place: number | bigint): void {
      update ??= db.prepare(`UPDATE ${table} SET ${Object.keys(columns).join(' = ?, ')} = ? WHERE place = ?`);
      update.run(...Object.values(columns), place);
    },
  };
}
