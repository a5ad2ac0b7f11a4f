/** A read-model file that turns out to be damaged while it is in use is marked, so that the next start throws it away. */
import { writeFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { errorText } from '../../application/error-text.js';
import { ReadModelsUnavailable } from '../../application/ports/read-models.js';
import { damages, passes } from '../../infrastructure/sqlite-failures.js';

/** The file beside the read models that says they are damaged. */
export const markOf = (file: string): string => `${file}.damaged`;

const listeners = new WeakMap<DatabaseSync, (words: string) => void>();

/** Calls back, once, when this open file turns out to be damaged, whoever finds it. */
export const onDamage = (db: DatabaseSync, heard: (words: string) => void): void => void listeners.set(db, heard);

export interface Damage {
  /** What is wrong with the file, in words for the operator; `undefined` while nothing is. */
  readonly words: string | undefined;
  /** Marks the file if this failure says that it is damaged; answers whether it does. */
  found(failure: unknown): boolean;
}

/** Watches over an open file; nothing is known to be wrong with it yet. */
export function watchForDamage(db: DatabaseSync): Damage {
  let words: string | undefined;
  return {
    get words() {
      return words;
    },
    found(failure) {
      if (!damages(failure)) return false;
      words ??= `the file of the read models is damaged (${errorText(failure)}); the next start makes it anew`;
      mark(db);
      listeners.get(db)?.(words);
      listeners.delete(db);
      return true;
    },
  };
}

/** What `open` makes of the file; damage that it meets is found as well, before it is thrown on. */
export function findingDamage<T>(db: DatabaseSync, open: () => T): T {
  try {
    return open();
  } catch (error) {
    watchForDamage(db).found(error);
    throw error;
  }
}

/** A disk that takes no mark loses nothing: the damage shows again. */
function mark(db: DatabaseSync): void {
  const file = db.isOpen ? db.location() : null;
  if (!file) return;
  try {
    writeFileSync(markOf(file), '');
  } catch {
    // Readiness says it as well.
  }
}

export type Reads<R> = { readonly [Name in keyof R]: (...args: never[]) => unknown };

/**
 * The same reads, each after `before`; one that meets damage reports it, and throws {@link ReadModelsUnavailable} as one that
 * a disk is in the way of.
 */
export function watched<R extends Reads<R>>(reads: R, damage: Damage, before: () => void = () => undefined): R {
  const entries = Object.entries<Reads<R>[keyof R]>(reads).map(([name, read]) => {
    const watchedRead = (...args: never[]): unknown => {
      try {
        before();
        return read(...args);
      } catch (error) {
        if (damage.found(error)) throw new ReadModelsUnavailable(damage.words, { cause: error });
        if (passes(error)) throw new ReadModelsUnavailable(errorText(error), { cause: error });
        throw error;
      }
    };
    return [name, watchedRead];
  });
  return Object.fromEntries(entries) as R;
}
