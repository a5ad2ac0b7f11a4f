/** The key that the vault is sealed with: given by the environment, or made once and kept beside the data, not in it. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownFile, ownFolder } from '../own-file.js';

const keyBytes = 32;
const allowed = `${keyBytes} random bytes in base64, as \`openssl rand -base64 ${keyBytes}\` prints them`;

/** The key cannot be used; says from where it came and what is wrong, never what it holds. */
export class InvalidVaultKey extends Error {
  constructor(
    /** The variable or file that the key came from. */
    readonly source: string,
    readonly problem: string,
    readonly allowed: string,
  ) {
    super(`${source} ${problem}; allowed: ${allowed}.`);
    this.name = 'InvalidVaultKey';
  }
}

/** The key in PARTNER_CLOUD_VAULT_KEY or in the file PARTNER_CLOUD_VAULT_KEY_FILE names; `undefined` without both. */
export function givenVaultKey(env: NodeJS.ProcessEnv): Uint8Array | undefined {
  const { PARTNER_CLOUD_VAULT_KEY: text, PARTNER_CLOUD_VAULT_KEY_FILE: file } = env;
  if (text && file)
    throw new InvalidVaultKey('PARTNER_CLOUD_VAULT_KEY', 'is set beside PARTNER_CLOUD_VAULT_KEY_FILE', 'one of both');
  if (text) return decode(text, 'PARTNER_CLOUD_VAULT_KEY');
  return file ? decode(readKey(file), 'PARTNER_CLOUD_VAULT_KEY_FILE') : undefined;
}

/** The vault's key: the given one, else that of `vault.key` in the keys folder, made there (0600) at the first start. */
export function loadVaultKey({ env, keysFolder }: { env: NodeJS.ProcessEnv; keysFolder: string }): Uint8Array {
  const given = givenVaultKey(env);
  if (given) return given;
  ownFolder(keysFolder);
  const file = join(keysFolder, 'vault.key');
  const text = ownFile(file, () => `${randomBytes(keyBytes).toString('base64')}\n`);
  return decode(text, file);
}

function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InvalidVaultKey(
      'PARTNER_CLOUD_VAULT_KEY_FILE',
      `names ${file}, which cannot be read (${code})`,
      'a file',
    );
  }
}

/** Node's decoder passes over wrong characters, so only what encodes back to the same text counts as base64. */
function decode(text: string, source: string): Uint8Array {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, 'base64');
  if (key.toString('base64') !== trimmed) throw new InvalidVaultKey(source, 'is not base64', allowed);
  if (key.length !== keyBytes) throw new InvalidVaultKey(source, `holds ${key.length} bytes`, allowed);
  return key;
}
