/** The tables of the log, and the triggers that make it append-only for whoever opens the file. */

/** Marks the file as ours ("PCev" in ASCII) and its tables as this version's. */
export const applicationId = 0x50436576;
export const schemaVersion = 1;

const tables = `
  CREATE TABLE log (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL) STRICT;
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams,
    revision INTEGER NOT NULL,
    event_id BLOB NOT NULL UNIQUE CHECK (length(event_id) = 16),
    type TEXT NOT NULL,
    data BLOB NOT NULL,
    metadata BLOB NOT NULL,
    previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (stream, revision)
  ) STRICT`;

/**
 * What an insert must find. It is checked before the insert, because INSERT OR REPLACE deletes the row in its way without
 * a word to the DELETE trigger on connections that lack `recursive_triggers`. Source: SQLite, "CREATE TRIGGER" and "REPLACE".
 */
const guards: Readonly<Record<string, string>> = {
  log: 'NOT EXISTS (SELECT 1 FROM log)',
  streams:
    'new.id = coalesce((SELECT max(id) FROM streams), 0) + 1 AND NOT EXISTS (SELECT 1 FROM streams WHERE name = new.name)',
  events: `new.position = coalesce((SELECT max(position) FROM events), 0) + 1
      AND new.revision = coalesce((SELECT max(revision) FROM events WHERE stream = new.stream), -1) + 1
      AND NOT EXISTS (SELECT 1 FROM events WHERE event_id = new.event_id)`,
};

const triggersOf = ([table, guard]: readonly [string, string]): readonly (readonly [name: string, sql: string])[] => [
  [
    `${table}_never_change`,
    `CREATE TRIGGER ${table}_never_change BEFORE UPDATE ON ${table}
  BEGIN SELECT raise(ABORT, '${table}: what is recorded is never changed'); END`,
  ],
  [
    `${table}_never_delete`,
    `CREATE TRIGGER ${table}_never_delete BEFORE DELETE ON ${table}
  BEGIN SELECT raise(ABORT, '${table}: what is recorded is never deleted'); END`,
  ],
  [
    `${table}_only_append`,
    `CREATE TRIGGER ${table}_only_append BEFORE INSERT ON ${table} WHEN (${guard}) IS NOT TRUE
  BEGIN SELECT raise(ABORT, '${table}: a row is only ever added, after the last'); END`,
  ],
];

/** By name, what makes the log append-only. */
export const triggers: ReadonlyMap<string, string> = new Map(Object.entries(guards).flatMap(triggersOf));

/** Makes an empty file a log; to be run in a transaction. */
export const schema = [tables, ...triggers.values()].join(';\n');
