/** The standard output as the log's destination: it never holds the program up, whoever reads it or does not. */
import type { DestinationStream } from 'pino';

export interface StandardOutput extends DestinationStream {
  /** Resolves once everything is written, or after so many milliseconds; what is left then is dropped. */
  flushed(ms: number): Promise<void>;
}

/** What waits for a reader that does not read; further lines are dropped, and counted. */
const mostBytes = 8_388_608;

/**
 * Writes lines to the stream. Node writes to a full pipe in the background, so that only memory has to be bounded. A reader that is
 * gone (EPIPE) ends the log, not the program.
 */
export function openStandardOutput(stream: NodeJS.WriteStream = process.stdout): StandardOutput {
  let dropped = 0;
  stream.on('error', () => undefined);
  return {
    write(line) {
      if (stream.writableLength > mostBytes) {
        dropped += 1;
        return;
      }
      if (dropped > 0) stream.write(droppedLine(dropped));
      dropped = 0;
      stream.write(line);
    },
    flushed(ms) {
      if (stream.writableLength === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        const settle = (): void => {
          if (stream.writableLength > 0) return;
          clearTimeout(timer);
          resolve();
        };
        stream.on('drain', settle);
        settle();
      });
    },
  };
}

const droppedLine = (lines: number): string =>
  `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), lines, msg: 'Nobody read the log, so that lines were dropped.' })}\n`;
