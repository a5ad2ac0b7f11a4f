/** Keys of 32 bytes that this program needs: given by the environment, or made once and kept beside the data, not in it. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownFile, ownFolder } from './own-file.js';

const keyBytes = 32;
const allowed = `${keyBytes} random bytes in base64, as \`openssl rand -base64 ${keyBytes}\` prints them`;

/** The key cannot be used; says from where it came and what is wrong, never what it holds. */
export class InvalidKey extends Error {
  constructor(
    /** The variable or file that the key came from. */
    readonly source: string,
    readonly problem: string,
    readonly allowed: string,
  ) {
    super(`${source} ${problem}; allowed: ${allowed}.`);
    this.name = 'InvalidKey';
  }
}

/** The key in this variable, or in the file that the variable of the same name with `_FILE` names; `undefined` without both. */
export function givenKey(env: NodeJS.ProcessEnv, variable: string): Uint8Array | undefined {
  const fileVariable = `${variable}_FILE`;
  const { [variable]: text, [fileVariable]: file } = env;
  if (text && file) throw new InvalidKey(variable, `is set beside ${fileVariable}`, 'one of both');
  if (text) return decode(text, variable);
  return file ? decode(readKey(file, fileVariable), fileVariable) : undefined;
}

interface KeyPlace {
  readonly env: NodeJS.ProcessEnv;
  readonly keysFolder: string;
  readonly variable: string;
  /** The file's name in the keys folder. */
  readonly name: string;
}

/** The given key, else that of the file in the keys folder, made there (0600) at the first start. */
export function loadKey({ env, keysFolder, variable, name }: KeyPlace): Uint8Array {
  const given = givenKey(env, variable);
  if (given) return given;
  ownFolder(keysFolder);
  const file = join(keysFolder, name);
  const text = ownFile(file, () => `${randomBytes(keyBytes).toString('base64')}\n`);
  return decode(text, file);
}

function readKey(file: string, variable: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InvalidKey(variable, `names ${file}, which cannot be read (${code})`, 'a file');
  }
}

/** Node's decoder passes over wrong characters, so only what encodes back to the same text counts as base64. */
function decode(text: string, source: string): Uint8Array {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, 'base64');
  if (key.toString('base64') !== trimmed) throw new InvalidKey(source, 'is not base64', allowed);
  if (key.length !== keyBytes) throw new InvalidKey(source, `holds ${key.length} bytes`, allowed);
  return key;
}
