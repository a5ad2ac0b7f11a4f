/** A file of SQLite's that cannot be opened: its own error names no file, so it is named here. */
import { errorText } from '../../application/error-text.js';

/** The message names the file, what is wrong with it and what to do. */
export class UnusableFile extends Error {}

/** What `open` answers; an error of SQLite's, or one that names the file, becomes an {@link UnusableFile} with this advice, any other one passes. */
export function opening<T>(file: string, advice: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    const words = errorText(error);
    if (words.startsWith(`${file}: `)) throw new UnusableFile(`${words}. ${advice}`, { cause: error });
    if ((error as { readonly code?: unknown }).code !== 'ERR_SQLITE_ERROR') throw error;
    throw new UnusableFile(`${file} cannot be used: ${words}. ${advice}`, { cause: error });
  }
}
