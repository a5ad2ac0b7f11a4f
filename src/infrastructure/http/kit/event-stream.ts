/** One connection of server-sent events: written entry by entry, cut when its reader is too slow. Ten thousand are open at once, so that each keeps little. */
import type { ServerResponse } from 'node:http';
import type { HistoryEntry } from '../../../application/history/history.js';
import { isGone, onGone } from './gone.js';
import type { LiveLimits } from './live-limits.js';
import { securityHeaders } from './security-headers.js';

export const eventStreamType = 'text/event-stream; charset=utf-8';

/** The connection serves nothing after the events, or it would stand idle and hold up the closing of the server. */
const headers = {
  ...securityHeaders,
  connection: 'close',
  'content-type': eventStreamType,
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

/** Starts the answer; from here on the connection carries events until it is ended or lost, for so long at most. */
export function openEventStream(
  raw: ServerResponse,
  traceId: string,
  limits: LiveLimits,
  lastsMs?: number,
): EventStream {
  raw.writeHead(200, { ...headers, 'x-request-id': traceId });
  // Node keeps the head as it was put together, in some sixty pieces; one that is sent by itself becomes one piece.
  raw.flushHeaders();
  raw.write('retry: 2000\n\n');
  return new EventStream(raw, limits, lastsMs);
}

export class EventStream {
  #beatsLeft: number;
  #cut: NodeJS.Timeout | undefined;

  /** Over an answer whose head is sent; see {@link openEventStream}. */
  constructor(
    private readonly raw: ServerResponse,
    private readonly limits: LiveLimits,
    lastsMs = limits.longestMs,
  ) {
    this.#beatsLeft = Math.ceil(Math.min(lastsMs, limits.longestMs) / limits.heartbeatMs);
  }

  /** Whether nothing more is sent, because either side has ended it. */
  get ended(): boolean {
    // `writable` stays true after the end, and a write after it is an error that nobody catches.
    return this.raw.writableEnded || this.raw.destroyed;
  }

  /** Sends an entry and resolves when the next may follow, or when the connection is gone. */
  async write(entry: HistoryEntry): Promise<void> {
    const { raw } = this;
    if (this.ended || raw.write(frame(entry))) return;
    await new Promise<void>((resolve) => {
      const goOn = (): void => {
        raw.off('drain', goOn).off('close', goOn);
        resolve();
      };
      raw.on('drain', goOn).on('close', goOn);
    });
  }

  /** Sends an entry now; a reader that is too far behind is cut off and comes again with its Last-Event-ID. */
  push(entry: HistoryEntry): void {
    this.#now(frame(entry));
  }

  /** Sends now what is no fact and has no position: who comes again goes on after the last fact. */
  tell(type: string, data: object): void {
    this.#now(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** To be called at every heartbeat: sends a comment where nothing waits to be sent, and ends the connection when its time is over. */
  beat(): void {
    if (this.ended) return;
    this.#beatsLeft--;
    if (this.#beatsLeft <= 0) this.end();
    else if (this.raw.writableLength === 0) this.raw.write(': still here\n\n');
  }

  /** Ends the connection, also when its reader takes nothing any more. */
  end(): void {
    const { raw } = this;
    if (this.ended) return;
    this.#cut = setTimeout(() => raw.destroy(), this.limits.farewellMs);
    this.onGone(() => clearTimeout(this.#cut));
    raw.end();
  }

  /** Calls the listener when the connection is gone: at once where its reader left before the answer began. */
  onGone(listener: () => void): void {
    if (isGone(this.raw)) listener();
    else onGone(this.raw, listener);
  }

  #now(text: string): void {
    const { raw } = this;
    if (this.ended) return;
    raw.write(text);
    if (raw.writableLength > this.limits.mostBytes) raw.destroy();
  }
}

/** All who listen are told an entry one after the other, so that it is written out for the first of them alone. */
let last: { readonly entry: HistoryEntry; readonly text: string } | undefined;

function frame(entry: HistoryEntry): string {
  if (last?.entry !== entry) last = { entry, text: frameOf(entry) };
  return last.text;
}

/** JSON has no line breaks of its own, so an entry is always one line of data. */
const frameOf = (entry: HistoryEntry): string =>
  `id: ${entry.position}\nevent: ${entry.type}\ndata: ${JSON.stringify(entry)}\n\n`;
