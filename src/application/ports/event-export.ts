/** The whole log for auditors: a page after the other, as it is stored. */

/** What is wanted; all that is given must fit. */
export interface ExportFilter {
  /** The number in the position after which to begin; 0: at the start. */
  readonly after: number;
  readonly organization?: string;
  readonly providerId?: string;
  readonly type?: string;
  readonly actor?: string;
  /** ISO times of recording, both ends included. */
  readonly from?: string;
  readonly to?: string;
}

/**
 * Lines of JSON, page by page, each page only when it is asked for, so that a log of any length is never held whole. The first
 * throws `UnknownPosition` where the log has no event at the place to begin after, as far as the store can tell that no sooner.
 */
export type ExportEvents = (filter: ExportFilter, signal: AbortSignal) => AsyncIterable<string>;
