/** Cursors of lists: the order of the list and where its last row stands in it, opaque to callers. */
import { Refusal } from '../../domain/refusal.js';

/** What a list is in order of, and the keys of one row in that order. */
export type Place = readonly (string | number)[];

/** The cursor after the row with these keys, in a list of this order. */
export const cursorOf = (order: string, keys: Place): string =>
  Buffer.from(JSON.stringify([order, ...keys])).toString('base64url');

/** The keys in a cursor, as many as the order has; throws a {@link Refusal} for one that is none of ours, or of another order. */
export function placeIn(cursor: string, order: string, count: number): Place {
  const [of, ...keys] = listIn(cursor);
  if (typeof of !== 'string' || !keys.every(isKey)) throw refused('is none of ours', 'the `next` of an earlier page');
  if (of === order && keys.length === count) return keys;
  throw refused('belongs to a list in another order', 'the `next` of an earlier page of the same list');
}

const isKey = (key: unknown): key is string | number => typeof key === 'string' || typeof key === 'number';

function listIn(cursor: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

const refused = (problem: string, allowed: string): Refusal =>
  new Refusal('invalid', `The cursor ${problem}.`, [{ field: 'cursor', problem, allowed }]);
