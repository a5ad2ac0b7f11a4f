/**
 * Sums by organization and day. They do not depend on the order in which facts are folded, so that what one stream has added
 * can be taken away; a sum of nothing has no row.
 */
import type { DatabaseSync } from 'node:sqlite';

export const sumsSchema = `
    CREATE TABLE IF NOT EXISTS statistics_sums (
      organization TEXT NOT NULL, day TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL, count INTEGER NOT NULL,
      PRIMARY KEY (organization, day, what, detail)
    ) WITHOUT ROWID;`;

/** All organizations together are summed as well, since they may be very many. */
export const everybody = '';
/** What is true now and belongs to no day, such as how many providers stand where. */
export const now = '';

/** What is counted; `detail` says more, such as a reason, and is empty where there is no more to say. */
export interface Counted {
  readonly organization: string;
  readonly day: string;
  readonly what: string;
  readonly detail: string;
}

/** Counts gathered from a batch, to be added to the rows at once. */
export class Gathered {
  readonly #counts = new Map<string, Counted & { count: number }>();

  add({ organization, ...counted }: Counted, count = 1): void {
    for (const whose of [organization, everybody]) this.#add({ organization: whose, ...counted }, count);
  }

  #add(counted: Counted, count: number): void {
    const key = `${counted.organization}\n${counted.day}\n${counted.what}\n${counted.detail}`;
    const known = this.#counts.get(key);
    if (known) known.count += count;
    else this.#counts.set(key, { ...counted, count });
  }

  [Symbol.iterator](): Iterator<Counted & { readonly count: number }> {
    return this.#counts.values();
  }
}

/** Prepares the way to add what was gathered to the sums (`sign` 1), or to take it away (-1). */
export function openSums(db: DatabaseSync): (gathered: Gathered, sign: 1 | -1) => void {
  const add = db.prepare(`
    INSERT INTO statistics_sums VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET count = count + excluded.count`);
  const tidy = db.prepare(
    'DELETE FROM statistics_sums WHERE organization = ? AND day = ? AND what = ? AND detail = ? AND count = 0',
  );
  return (gathered, sign) => {
    for (const { organization, day, what, detail, count } of gathered) {
      if (count === 0) continue;
      add.run(organization, day, what, detail, sign * count);
      if (sign * count < 0) tidy.run(organization, day, what, detail);
    }
  };
}
