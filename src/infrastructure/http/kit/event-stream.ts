/** One connection of server-sent events: written entry by entry, kept alive, cut when its reader is too slow. */
import type { ServerResponse } from 'node:http';
import type { HistoryEntry } from '../../../application/history/history.js';
import type { LiveLimits } from './live-limits.js';
import { securityHeaders } from './security-headers.js';

export interface EventStream {
  /** Sends an entry and resolves when the next may follow, or when the connection is gone. */
  write(entry: HistoryEntry): Promise<void>;
  /** Sends an entry now; a reader that is too far behind is cut off and comes again with its Last-Event-ID. */
  push(entry: HistoryEntry): void;
  /** Sends now what is no fact and has no position: who comes again goes on after the last fact. */
  tell(type: string, data: object): void;
  end(): void;
  /** Whether nothing more is sent, because either side has ended it. */
  readonly ended: boolean;
  /** Resolves when the connection is gone. */
  readonly gone: Promise<void>;
}

export const eventStreamType = 'text/event-stream; charset=utf-8';

/** The connection serves nothing after the events, or it would stand idle and hold up the closing of the server. */
const headers = {
  ...securityHeaders,
  connection: 'close',
  'content-type': eventStreamType,
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

/** Starts the answer; from here on the connection carries events until it is ended or lost. */
export function openEventStream(raw: ServerResponse, traceId: string, limits: LiveLimits): EventStream {
  raw.writeHead(200, { ...headers, 'x-request-id': traceId });
  raw.write('retry: 2000\n\n');
  // `writable` stays true after the end, and a write after it is an error that nobody catches.
  const open = (): boolean => !raw.writableEnded && !raw.destroyed;
  const { end, gone } = lifeOf(raw, limits);
  const now = (text: string): void => {
    if (!open()) return;
    raw.write(text);
    if (raw.writableLength > limits.mostBytes) raw.destroy();
  };
  return {
    async write(entry) {
      if (!open() || raw.write(frame(entry))) return;
      await Promise.race([new Promise((resolve) => raw.once('drain', resolve)), gone]);
    },
    push: (entry) => now(frame(entry)),
    tell: (type, data) => now(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`),
    end,
    get ended() {
      return !open();
    },
    gone,
  };
}

/** Keeps the connection alive for its time, and ends it even when its reader takes nothing any more. */
function lifeOf(raw: ServerResponse, limits: LiveLimits): Pick<EventStream, 'end' | 'gone'> {
  let cut: NodeJS.Timeout | undefined;
  const end = (): void => {
    if (raw.writableEnded) return;
    cut = setTimeout(() => raw.destroy(), limits.farewellMs);
    raw.end();
  };
  const beat = setInterval(() => {
    if (raw.writableLength === 0 && !raw.writableEnded) raw.write(': still here\n\n');
  }, limits.heartbeatMs);
  const longest = setTimeout(end, limits.longestMs);
  const gone = new Promise<void>((resolve) => {
    raw.once('close', () => {
      clearInterval(beat);
      clearTimeout(longest);
      clearTimeout(cut);
      resolve();
    });
  });
  return { end, gone };
}

/** JSON has no line breaks of its own, so an entry is always one line of data. */
const frame = (entry: HistoryEntry): string =>
  `id: ${entry.position}\nevent: ${entry.type}\ndata: ${JSON.stringify(entry)}\n\n`;
