/** Files of public keys, one a line; lines that begin with `#` are notes. */
import { readFileSync } from 'node:fs';

export const publicKeysIn = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
