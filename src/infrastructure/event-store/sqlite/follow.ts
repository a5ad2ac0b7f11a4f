/** Following the log: page after page until its end, then whatever is appended, until the reader has had enough. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Pace, Page } from '../../../application/ports/event-store.js';
import type { AppendSignal } from '../append-signal.js';

/** What a follower needs of the log. */
export interface Source {
  readonly appended: AppendSignal;
  /** A page of what comes after place `n`, and the place where it ends. */
  page(n: number, atMost: number): { readonly page: Page; readonly upTo: number };
  /** The same to one that has read up to there; what was appended since may be told without asking the file. */
  news: Source['page'];
  closed(): boolean;
}

/** For those who are in a hurry: read models that are filled, and the program's own followers. */
const swift: Pace = { pageSize: 1_000, turn: () => nextTurn() };

/**
 * Pages after place `n`. The first comes at once, even if empty, so that a reader learns that it has caught up; a later
 * one only when there is something in it. Ends when the signal aborts or the log is closed.
 */
export async function* follow(
  source: Source,
  n: number,
  signal: AbortSignal,
  { pageSize, turn }: Pace = swift,
): AsyncGenerator<Page, void> {
  let place = n;
  for (let first = true; !signal.aborted && !source.closed(); first = false) {
    const { page, upTo } = first ? source.page(place, pageSize) : source.news(place, pageSize);
    place = upTo;
    if (first || page.events.length > 0) {
      yield page;
      // Others get their turn between two pages, however long the log is.
      if (!page.caughtUp) await turn();
    } else {
      // Only who has looked in this very turn may sleep: while a page was with the reader, the signal may have been given.
      await source.appended.next(signal);
    }
  }
}
