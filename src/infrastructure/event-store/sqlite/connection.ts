/** A connection to the log's file, such as the one that writes it; dropped when its state is in doubt, and opened again by the next who needs it. */

import { errorText } from '../../../application/error-text.js';
import { StoreUnavailable } from '../../../application/ports/event-store-errors.js';
import { type LogFile, openLogFile } from './log-file.js';

export interface Connection {
  readonly logId: string;
  /** What was not as this program leaves it when the file was first opened. */
  readonly findings: readonly string[];
  /** The last read that the file did not answer. */
  readFailure: { readonly words: string; readonly at: number } | undefined;
  /** The open file. Throws {@link StoreUnavailable} when it is closed for good or cannot be opened again. */
  get(): LogFile;
  /** Closes the file, which undoes a transaction that was not committed; the next `get` opens it anew. */
  drop(): void;
  /** Closes the file for good. */
  close(): void;
  readonly closed: boolean;
}

/** Opens the log's file, as also whenever it was dropped; throws what `open` throws. */
export function openConnection(file: string, open: typeof openLogFile = openLogFile): Connection {
  let current: LogFile | undefined = open(file);
  let closed = false;
  const { logId, findings } = current;

  function reopen(): LogFile {
    if (closed) throw new StoreUnavailable('The event log is closed.');
    try {
      const log = open(file, 0);
      if (log.logId === logId) return log;
      log.db.close();
    } catch (error) {
      throw new StoreUnavailable(`The event log cannot be opened: ${errorText(error)}`, { cause: error });
    }
    throw new StoreUnavailable('The event log cannot be opened: its file was exchanged for another log.');
  }

  const drop = (): void => {
    const dropped = current;
    current = undefined;
    try {
      if (dropped?.db.isOpen) dropped.db.close();
    } catch {
      // What the file holds is found out by opening it again, whatever closing it says.
    }
  };

  return {
    logId,
    findings,
    readFailure: undefined,
    get() {
      current ??= reopen();
      return current;
    },
    drop,
    close() {
      closed = true;
      drop();
    },
    get closed() {
      return closed;
    },
  };
}
