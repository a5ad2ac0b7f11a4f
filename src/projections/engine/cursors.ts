/** Cursors of lists: the key and the id of the last row, opaque to callers. */
import { Refusal } from '../../domain/refusal.js';

const separator = '\n';

/** The cursor after the row with this key and id. */
export const cursorOf = (key: string, id: string): string =>
  Buffer.from(`${key}${separator}${id}`).toString('base64url');

/** The key and id in a cursor; throws a {@link Refusal} for one that is none of ours. */
export function placeIn(cursor: string): readonly [key: string, id: string] {
  const [key, id, ...rest] = Buffer.from(cursor, 'base64url').toString().split(separator);
  if (key && id && rest.length === 0) return [key, id];
  throw new Refusal('invalid', 'The cursor is none of ours.', [
    { field: 'cursor', problem: 'is none of ours', allowed: 'the `next` of an earlier page' },
  ]);
}
