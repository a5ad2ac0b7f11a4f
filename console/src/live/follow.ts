/** Server-sent events with the person's token: what happened so far, then what happens, connected again where it was cut off. */
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { sessionRefused } from '../auth/ended.js';
import { accessToken } from '../auth/session.js';

export type Connection = 'connecting' | 'live' | 'lost' | 'over';

export interface Listener {
  heard(data: unknown): void;
  connection(state: Connection): void;
  /** The log was moved: whoever has named a position begins anew. */
  moved?(): void;
}

const firstWaitMs = 1_000;
const longestWaitMs = 15_000;
/** The service says something every 15 seconds; a connection that is silent for longer is dead, whatever the browser believes. */
const silenceMs = 40_000;
/** Where trying again does not help: the token or the address is wrong. */
const final: ReadonlySet<number> = new Set([400, 401, 403, 404]);

/** The facts are at other positions now, as after the log was moved: what was heard is told again from the first fact on. */
const moved = 410;

class Over extends Error {}

class Moved extends Error {}

/** Follows until the signal aborts, or until the service says that there is nothing to follow. */
export async function follow(path: string, to: Listener, signal: AbortSignal): Promise<void> {
  let last = '';
  let waitMs = firstWaitMs;
  to.connection('connecting');
  while (!signal.aborted) {
    try {
      for await (const { id, data } of eventsOf(path, last, to, signal)) {
        waitMs = firstWaitMs;
        if (id) last = id;
        to.heard(JSON.parse(data));
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Over) return to.connection('over');
      if (error instanceof Moved) {
        if (to.moved) return to.moved();
        last = '';
      }
      to.connection('lost');
    }
    await pause(waitMs, signal);
    waitMs = Math.min(longestWaitMs, waitMs * 2);
  }
}

async function* eventsOf(path: string, last: string, to: Listener, signal: AbortSignal) {
  const silence = watchdog(signal);
  try {
    const answer = await fetch(path, { headers: await headersFor(last), signal: silence.signal });
    if (answer.status === 401) sessionRefused();
    if (final.has(answer.status)) throw new Over();
    if (answer.status === moved) throw new Moved();
    if (!answer.ok || !answer.body) throw new Error(`The service answered ${answer.status}.`);
    to.connection('live');
    const parser = new EventSourceParserStream({ onComment: silence.heard });
    for await (const event of answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(parser)) {
      silence.heard();
      yield event;
    }
  } finally {
    silence.stop();
  }
}

async function headersFor(last: string): Promise<Record<string, string>> {
  const token = await accessToken();
  return {
    accept: 'text/event-stream',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(last === '' ? {} : { 'last-event-id': last }),
  };
}

/** Aborts with the outer signal, when the browser goes offline, and after too long a silence. */
function watchdog(outer: AbortSignal) {
  const own = new AbortController();
  const give = (): void => own.abort();
  let timer = setTimeout(give, silenceMs);
  outer.addEventListener('abort', give);
  addEventListener('offline', give);
  return {
    signal: own.signal,
    heard(): void {
      clearTimeout(timer);
      timer = setTimeout(give, silenceMs);
    },
    stop(): void {
      clearTimeout(timer);
      outer.removeEventListener('abort', give);
      removeEventListener('offline', give);
      own.abort();
    },
  };
}

/** Ends early when the network is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
