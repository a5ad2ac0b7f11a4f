/** Documents of which each is read and parsed once, for as long as nothing changes: while one call is being decided about. */
import type { Documents } from '../engine/core.js';

/** The same documents, each kept from its first reading on. To be thrown away before anything is written. */
export function readOnce(documents: Documents): Documents {
  const read = new Map<string, unknown>();
  return {
    ...documents,
    get<T>(kind: string, account: string, key: string): T | undefined {
      const name = `${kind} ${account} ${key}`;
      if (!read.has(name)) read.set(name, documents.get(kind, account, key));
      return read.get(name) as T | undefined;
    },
  };
}
