/** The embedded vault: sealed values in a SQLite file of their own, which forgets what is destroyed. */
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type Kept, type Vault, VaultDamaged } from '../../application/ports/vault.js';
import { type KnownLogKept, knownLogIn, knownLogTables } from './known-log.js';
import { type Sealed, seal, unseal } from './sealing.js';

export interface SqliteVault extends Vault, KnownLogKept {
  close(): void;
}

export interface SqliteVaultOptions {
  readonly file: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** Hears the open connection, for tests of a full disk. */
  readonly opened?: (db: DatabaseSync) => void;
}

/** The vault cannot be opened with this key. */
export class WrongVaultKey extends Error {}

/** Somebody else reads the file, so that it cannot forget; destroying again, once they are done, makes it true. */
export class VaultBusy extends Error {}

type Row = Sealed | { readonly nonce: null; readonly sealed: null };

const schema = `
  CREATE TABLE IF NOT EXISTS key_check (
    only INTEGER PRIMARY KEY CHECK (only = 1), nonce BLOB NOT NULL, sealed BLOB NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS secrets (
    name TEXT NOT NULL, generation INTEGER NOT NULL, nonce BLOB, sealed BLOB, PRIMARY KEY (name, generation),
    CHECK ((nonce IS NULL) = (sealed IS NULL))
  ) STRICT, WITHOUT ROWID;`;

/**
 * Opens (or makes, mode 0600) the vault in `file`, sealed with `key` of 32 bytes. Throws {@link WrongVaultKey} when it
 * was made with another key. A row without a value is a tombstone, and stays. A write that finds no room throws SQLite's
 * own error and changes nothing, so that it can be made again.
 */
export function openSqliteVault({ file, key, opened = () => undefined }: SqliteVaultOptions): SqliteVault {
  const db = openFile(file);
  opened(db);
  try {
    checkKey(db, key, file);
    forget(db);
  } catch (error) {
    db.close();
    throw error;
  }
  const { select, insert, bury } = statementsOf(db);

  function keptNow(name: string, generation: number): Kept {
    const row = select.get(name, generation) as Row | undefined;
    if (!row) return { state: 'absent' };
    if (row.sealed === null) return { state: 'destroyed' };
    const value = unseal(key, labelOf(name, generation), row);
    if (value === undefined) throw changedOutside(name, generation);
    return { state: 'kept', value };
  }

  return {
    ...knownLogIn(db),
    async putIfAbsent(name, generation, value) {
      const { nonce, sealed } = seal(key, labelOf(name, generation), value);
      insert.run(name, generation, nonce, sealed);
      const kept = keptNow(name, generation);
      if (kept.state === 'absent') throw new VaultDamaged(`The vault did not keep ${name} #${generation}.`);
      return kept;
    },
    async get(name, generation) {
      return keptNow(name, generation);
    },
    async destroy(name, generation) {
      bury.run(name, generation);
      forget(db);
    },
    close: () => db.close(),
  };
}

const changedOutside = (name: string, generation: number): VaultDamaged =>
  new VaultDamaged(
    `The vault's entry ${name} #${generation} was changed from outside; new credentials (reissue) take its place.`,
  );

/** `bury` leaves a tombstone whether or not there was a value. */
const statementsOf = (db: DatabaseSync) => ({
  select: db.prepare('SELECT nonce, sealed FROM secrets WHERE name = ? AND generation = ?'),
  insert: db.prepare('INSERT INTO secrets VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'),
  bury: db.prepare(`INSERT INTO secrets VALUES (?, ?, NULL, NULL)
    ON CONFLICT DO UPDATE SET nonce = NULL, sealed = NULL WHERE sealed IS NOT NULL`),
});

/** SQLite gives the files beside it (WAL and shared memory) the mode of the first. */
function openFile(file: string): DatabaseSync {
  closeSync(openSync(file, 'a', 0o600));
  const db = new DatabaseSync(file);
  try {
    db.exec(
      'PRAGMA busy_timeout = 250; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 67108864',
    );
    db.exec(schema + knownLogTables);
    // Another's lock is waited for at the start only: SQLite waits in this thread, which serves everybody.
    db.exec('PRAGMA busy_timeout = 0');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

const checkLabel = 'the key check of this vault';

function checkKey(db: DatabaseSync, key: Uint8Array, file: string): void {
  const { nonce, sealed } = seal(key, checkLabel, checkLabel);
  db.prepare('INSERT INTO key_check VALUES (1, ?, ?) ON CONFLICT DO NOTHING').run(nonce, sealed);
  const kept = db.prepare('SELECT nonce, sealed FROM key_check').get() as unknown as Sealed;
  if (unseal(key, checkLabel, kept) === checkLabel) return;
  throw new WrongVaultKey(
    `The vault ${file} was made with another key than the one given. Give that key in PARTNER_CLOUD_VAULT_KEY or ` +
      'PARTNER_CLOUD_VAULT_KEY_FILE, or put its vault.key back into the keys folder.',
  );
}

/**
 * Moves everything out of the WAL and empties it, because it still holds the bytes that secure_delete overwrote in the
 * main file. Done at opening too, for a crash between burying and here.
 */
function forget(db: DatabaseSync): void {
  const outcome = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  if (outcome?.busy !== 0) throw new VaultBusy('The vault could not empty its WAL, since another process reads it.');
}

/** Unambiguous for every name and generation. */
const labelOf = (name: string, generation: number): string => JSON.stringify([name, generation]);
