/** The embedded vault: the contract, its key, and that its files hold neither plain text nor what was destroyed. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import { VaultDamaged } from '../../../src/application/ports/vault.js';
import { InvalidKey } from '../../../src/infrastructure/secret-keys.js';
import { openSqliteVault, VaultBusy, WrongVaultKey } from '../../../src/infrastructure/vault/sqlite-vault.js';
import { loadVaultKey } from '../../../src/infrastructure/vault/vault-key.js';
import { everyByteIn, temporaryFolder } from '../../support/temporary-folder.js';
import { vaultContract } from './contract.js';

const key = randomBytes(32);
const newPlace = () => {
  const folder = temporaryFolder();
  return { folder, file: join(folder, 'vault.db') };
};

vaultContract('the SQLite vault', async () => {
  const { file } = newPlace();
  let vault = openSqliteVault({ file, key });
  return {
    vault,
    async reopen() {
      vault.close();
      vault = openSqliteVault({ file, key });
      return vault;
    },
    close: async () => vault.close(),
  };
});

/** The ciphertext in the file, through a connection of its own. */
function ciphertextsIn(file: string): Buffer[] {
  const db = new DatabaseSync(file);
  const rows = db.prepare('SELECT sealed FROM secrets WHERE sealed IS NOT NULL').all();
  db.close();
  return rows.map((row) => Buffer.from(row.sealed as Uint8Array));
}

test('the files hold no plain text, and after destroying nothing of the ciphertext either, however many there are', async () => {
  const { folder, file } = newPlace();
  const vault = openSqliteVault({ file, key });
  const secrets = Array.from({ length: 300 }, (_, i) => ({
    name: `credentials/${i * 7919}`,
    value: randomBytes(18).toString('base64'),
  }));
  for (const { name, value } of secrets) await vault.putIfAbsent(name, 1, value);
  const ciphertexts = ciphertextsIn(file);
  expect(ciphertexts).toHaveLength(300);
  for (const { value } of secrets) expect(everyByteIn(folder).includes(value)).toBe(false);
  for (const { name } of secrets.filter((_, i) => i % 3 !== 0)) await vault.destroy(name, 1);
  const left = new Set(ciphertextsIn(file).map((bytes) => bytes.toString('hex')));
  const bytes = everyByteIn(folder);
  expect(left.size).toBe(100);
  for (const ciphertext of ciphertexts)
    expect(bytes.includes(ciphertext.subarray(-16))).toBe(left.has(ciphertext.toString('hex')));
  expect(statSync(`${file}-wal`).size).toBe(0);
  vault.close();
});

test('a crash between burying and emptying the WAL is made good at the next opening', async () => {
  const { folder, file } = newPlace();
  const vault = openSqliteVault({ file, key });
  await vault.putIfAbsent('credentials/a', 1, 'secret');
  const [ciphertext = Buffer.of()] = ciphertextsIn(file);
  const crashing = new DatabaseSync(file);
  crashing.exec('PRAGMA secure_delete = ON; UPDATE secrets SET nonce = NULL, sealed = NULL');
  expect(everyByteIn(folder).includes(ciphertext)).toBe(true);
  const again = openSqliteVault({ file, key });
  expect(await again.get('credentials/a', 1)).toEqual({ state: 'destroyed' });
  expect(everyByteIn(folder).includes(ciphertext)).toBe(false);
  for (const open of [crashing, vault, again]) open.close();
});

test('destroying says so when a reader keeps the WAL alive, and is true once repeated without one', async () => {
  const { folder, file } = newPlace();
  const vault = openSqliteVault({ file, key });
  await vault.putIfAbsent('credentials/a', 1, 'secret');
  const [ciphertext = Buffer.of()] = ciphertextsIn(file);
  const reader = new DatabaseSync(file);
  reader.exec('BEGIN; SELECT count(*) FROM secrets');
  await expect(vault.destroy('credentials/a', 1)).rejects.toThrow(VaultBusy);
  expect(await vault.get('credentials/a', 1)).toEqual({ state: 'destroyed' });
  reader.close();
  await vault.destroy('credentials/a', 1);
  expect(everyByteIn(folder).includes(ciphertext)).toBe(false);
  vault.close();
});

test('another key is refused at opening, and the right one still opens', async () => {
  const { file } = newPlace();
  const vault = openSqliteVault({ file, key });
  await vault.putIfAbsent('credentials/a', 1, 'secret');
  vault.close();
  expect(() => openSqliteVault({ file, key: randomBytes(32) })).toThrow(WrongVaultKey);
  expect(() => openSqliteVault({ file, key: randomBytes(32) })).toThrow(
    /made with another key.*PARTNER_CLOUD_VAULT_KEY/,
  );
  const again = openSqliteVault({ file, key });
  expect(await again.get('credentials/a', 1)).toEqual({ state: 'kept', value: 'secret' });
  again.close();
});

test('a value that was changed, or moved to another name, is noticed and not handed out', async () => {
  const { file } = newPlace();
  const vault = openSqliteVault({ file, key });
  await vault.putIfAbsent('credentials/a', 1, 'secret');
  const other = new DatabaseSync(file);
  other.exec("UPDATE secrets SET name = 'credentials/b'");
  other.close();
  await expect(vault.get('credentials/b', 1)).rejects.toThrow(VaultDamaged);
  await expect(vault.get('credentials/b', 1)).rejects.toThrow(/credentials\/b #1 was changed from outside/);
  vault.close();
});

test('only the owner may read the files', () => {
  const { file } = newPlace();
  const vault = openSqliteVault({ file, key });
  for (const name of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(name).mode & 0o777).toBe(0o600);
  vault.close();
});

test('the key comes from the environment, else from a file made once that only its owner may read', () => {
  const keysFolder = join(temporaryFolder(), 'keys');
  const given = key.toString('base64');
  expect(loadVaultKey({ env: { PARTNER_CLOUD_VAULT_KEY: given }, keysFolder })).toEqual(key);
  expect(existsSync(keysFolder)).toBe(false);
  const made = loadVaultKey({ env: {}, keysFolder });
  expect(made).toHaveLength(32);
  expect(loadVaultKey({ env: {}, keysFolder })).toEqual(made);
  expect(readdirSync(keysFolder)).toEqual(['vault.key']);
  expect(statSync(join(keysFolder, 'vault.key')).mode & 0o777).toBe(0o600);
  expect(statSync(keysFolder).mode & 0o777).toBe(0o700);
  const env = { PARTNER_CLOUD_VAULT_KEY_FILE: join(keysFolder, 'vault.key') };
  expect(loadVaultKey({ env, keysFolder: temporaryFolder() })).toEqual(made);
});

test('a vault whose key file was lost says so instead of starting anew', () => {
  const { folder, file } = newPlace();
  const keysFolder = join(folder, 'keys');
  openSqliteVault({ file, key: loadVaultKey({ env: {}, keysFolder }) }).close();
  rmSync(join(keysFolder, 'vault.key'));
  expect(() => openSqliteVault({ file, key: loadVaultKey({ env: {}, keysFolder }) })).toThrow(
    /put its vault\.key back/,
  );
});

test.each([
  ['not base64', { PARTNER_CLOUD_VAULT_KEY: 'S3cr3t!' }, /PARTNER_CLOUD_VAULT_KEY is not base64/],
  ['too short', { PARTNER_CLOUD_VAULT_KEY: 'S3cr3tS3' }, /holds 6 bytes/],
  ['given twice', { PARTNER_CLOUD_VAULT_KEY: 'S3cr3tS3', PARTNER_CLOUD_VAULT_KEY_FILE: 'x' }, /is set beside/],
  [
    'in no file',
    { PARTNER_CLOUD_VAULT_KEY_FILE: 'nowhere/key' },
    /names nowhere\/key, which cannot be read \(ENOENT\)/,
  ],
])('a key that is %s is refused without being repeated', (_name, env, words) => {
  const load = () => loadVaultKey({ env, keysFolder: temporaryFolder() });
  expect(load).toThrow(InvalidKey);
  expect(load).toThrow(words);
  expect(load).not.toThrow(/S3cr3t/);
});

test('a key file of the wrong size is refused', () => {
  const keysFolder = temporaryFolder();
  writeFileSync(join(keysFolder, 'vault.key'), 'AAAA\n');
  expect(() => loadVaultKey({ env: {}, keysFolder })).toThrow(/vault\.key holds 3 bytes/);
  expect(readFileSync(join(keysFolder, 'vault.key'), 'utf8')).toBe('AAAA\n');
});
