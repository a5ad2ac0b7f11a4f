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
  /** Columns of which those are written that change, so that only the indexes they are in are touched. */
  moving(state: S): Columns;
}

type Columns = Readonly<Record<string, SQLInputValue>>;

interface Row<S> {
  readonly place: number | bigint;
  readonly state: S;
  readonly columns: Columns;
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
  const remove = db.prepare(`DELETE FROM ${table} WHERE provider_id = ?`);
  const recent = new LRUCache<string, Row<S>>({ max: remembered });
  const write = openWrites(db, table);

  function stored(providerId: string): Row<S> | undefined {
    const known = recent.get(providerId);
    if (known) return known;
    const row = select.get(providerId) as { place: number; document: string } | undefined;
    if (!row) return undefined;
    const state = JSON.parse(row.document) as S;
    return { place: row.place, state, columns: moving(state) };
  }

  function written(providerId: string, before: Row<S> | undefined, state: S): Row<S> {
    const columns = moving(state);
    const text = { [document]: JSON.stringify(state) };
    if (before) {
      write.update({ ...changed(before.columns, columns), ...text }, before.place);
      return { place: before.place, state, columns };
    }
    const row = { provider_id: providerId, ...settled(state), ...columns, ...text };
    return { place: write.insert(shelfOf(together(state)), row), state, columns };
  }

  return {
    change(providerId, isNew, fold) {
      const before = isNew ? undefined : stored(providerId);
      recent.set(providerId, written(providerId, before, fold(before?.state)));
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

const changed = (before: Columns, now: Columns): Columns =>
  Object.fromEntries(Object.entries(now).filter(([name, value]) => before[name] !== value));

/** Statements over the columns that come with the first row, which every later row must have too, and over each set of them that changes. */
function openWrites(db: DatabaseSync, table: string) {
  let insert: StatementSync | undefined;
  const updates = new Map<string, StatementSync>();
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
      const set = Object.keys(columns).join(' = ?, ');
      const update = updates.get(set) ?? db.prepare(`UPDATE ${table} SET ${set} = ? WHERE place = ?`);
      updates.set(set, update);
      update.run(...Object.values(columns), place);
    },
  };
}
