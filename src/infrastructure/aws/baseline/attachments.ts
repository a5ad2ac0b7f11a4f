/** The policies on a role or a group: exactly those wanted stay attached, and no inline ones beside them. */
import type { Json } from '../../../domain/canonical-json.js';

/** Attachments need nothing of each other; objects are made side by side as well, so each takes only a few at once. */
export const attachmentsAtOnce = 3;

/** What is missing in `from` and what is too much. */
export function difference(
  from: Json,
  to: readonly string[],
): { missing: readonly string[]; extra: readonly string[] } {
  const has = Array.isArray(from) ? from.map(String) : [];
  return {
    missing: to.filter((value) => !has.includes(value)),
    extra: has.filter((value) => !to.includes(value)),
  };
}

/** Every text that a paginated list names, in one list. */
export async function namesOf<Page>(
  pages: AsyncIterable<Page>,
  names: (page: Page) => readonly (string | undefined)[] | undefined,
): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const page of pages) all.push(...(names(page) ?? []).filter((name) => name !== undefined));
  return all;
}
