/** The stream that a lease lies on, wherever it is. */

export type LeaseEvent = 'LeaseTaken' | 'LeaseRenewed' | 'LeaseGivenUp';

/** Another process has appended to the stream first. */
export class LeaseMoved extends Error {
  constructor(
    /** The last one there. */
    readonly revision: number,
  ) {
    super(`the lease is at revision ${revision}`);
  }
}

/** The stream that the processes append to. */
export interface LeaseStream {
  /** Its last event; `undefined` while it is empty. */
  last(): Promise<{ readonly revision: number; readonly type: string } | undefined>;
  /**
   * Appends after this revision (-1: to an empty stream) and answers with the new one; the same id after the same revision is a repeat.
   * Throws {@link LeaseMoved}, or whatever else kept it from being answered.
   */
  append(after: number, type: LeaseEvent, id: string): Promise<number>;
}
