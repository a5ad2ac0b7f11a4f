/** The streams of what stored facts name in one of their members. */
import { type StoredJson, storedText } from './stored-json.js';

/** `kind` is what their names begin with. */
export function namedIn(
  events: readonly { readonly data: StoredJson }[],
  member: string,
  kind: string,
): readonly string[] {
  const named = events.flatMap(({ data }) => JSON.parse(storedText(data))[member] ?? []);
  return [...new Set(named.filter((name) => typeof name === 'string'))].map((name) => `${kind}-${name}`);
}
