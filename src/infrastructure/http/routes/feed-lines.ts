/** The feed of changes as lines of JSON (NDJSON). */
import type { Position } from '../../../application/ports/event-store.js';

interface Told {
  readonly position: Position;
}

interface Ending {
  readonly after: Position | undefined;
  /** Whether the reader may be told no more, as their token has expired; asked after each page. */
  readonly isOver: () => boolean;
  /** What stands behind the last entry when all have been told. */
  readonly end: () => readonly object[];
}

/**
 * The pages as they come. The last line says how far they reach, so that who asks again begins there, also where nothing was to
 * be told.
 */
export async function* feedLines(
  pages: AsyncIterable<readonly Told[]>,
  { after, isOver, end }: Ending,
): AsyncGenerator<string, void> {
  let told = after;
  for await (const page of pages) {
    if (page.length > 0) yield textOf(page);
    told = page.at(-1)?.position ?? told;
    if (isOver()) return yield textOf([reaching(told)]);
  }
  yield textOf(end());
}

/** The line that says how far the others reach. */
export const reaching = (upTo: Position | undefined) => ({ ...(upTo !== undefined && { upTo }) });

const textOf = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
