/** The log as it is read beside the process that owns it, by a thread of its own. */

import { openAppendSignal } from '../append-signal.js';
import { domainCodec } from '../format/codec.js';
import { openConnection } from './connection.js';
import { openLogFileToRead } from './log-file.js';
import { type LogReads, openLogReads } from './log-reads.js';

export interface LogReader extends LogReads {
  close(): void;
}

/**
 * Opens the log in a file to read it; nothing is written there, whatever is found. Throws when the file is not there or is no
 * log. Appends wake no follow, so that one is only of use up to the end of the log.
 */
export function openLogReader(file: string): LogReader {
  const connection = openConnection(file, openLogFileToRead);
  const appended = openAppendSignal();
  const { reads } = openLogReads(connection, domainCodec, { appended });
  return {
    ...reads,
    close() {
      connection.close();
      appended.give();
    },
  };
}
