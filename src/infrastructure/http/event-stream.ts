/** One connection of server-sent events: written entry by entry, kept alive, cut when its reader is too slow. */
import type { ServerResponse } from 'node:http';
import type { HistoryEntry } from '../../application/history.js';
import type { LiveLimits } from './live-limits.js';

export interface EventStream {
  /** Sends an entry and resolves when the next may follow, or when the connection is gone. */
  write(entry: HistoryEntry): Promise<void>;
  /** Sends an entry now; a reader that is too far behind is cut off and comes again with its Last-Event-ID. */
  push(entry: HistoryEntry): void;
  end(): void;
  /** Resolves when the connection is gone. */
  readonly gone: Promise<void>;
}

/** The connection serves nothing after the events, or it would stand idle and hold up the closing of the server. */
const headers = {
  connection: 'close',
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-accel-buffering': 'no',
};

/** Starts the answer; from here on the connection carries events until it is ended or lost. */
export function openEventStream(raw: ServerResponse, traceId: string, limits: LiveLimits): EventStream {
  raw.writeHead(200, { ...headers, 'x-request-id': traceId });
  raw.write('retry: 2000\n\n');
  const beat = setInterval(() => {
    if (raw.writableLength === 0) raw.write(': still here\n\n');
  }, limits.heartbeatMs);
  const longest = setTimeout(() => raw.end(), limits.longestMs);
  const gone = new Promise<void>((resolve) => {
    raw.once('close', () => {
      clearInterval(beat);
      clearTimeout(longest);
      resolve();
    });
  });
  return {
    async write(entry) {
      if (!raw.writable || raw.write(frame(entry))) return;
      await Promise.race([new Promise((resolve) => raw.once('drain', resolve)), gone]);
    },
    push(entry) {
      if (!raw.writable) return;
      raw.write(frame(entry));
      if (raw.writableLength > limits.mostBytes) raw.destroy();
    },
    end: () => raw.end(),
    gone,
  };
}

/** JSON has no line breaks of its own, so an entry is always one line of data. */
const frame = (entry: HistoryEntry): string =>
  `id: ${entry.position}\nevent: ${entry.type}\ndata: ${JSON.stringify(entry)}\n\n`;
