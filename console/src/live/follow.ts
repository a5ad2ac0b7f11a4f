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

/** How far the following is. */
interface Course {
  /** The id of the event that was heard last. */
  last: string;
  /** How long to wait before the next connection: longer each time that one brings nothing. */
  waitMs: number;
}

/** Follows until the signal aborts, or until the service says that there is nothing to follow. */
export async function follow(path: string, to: Listener, signal: AbortSignal): Promise<void> {
  const course: Course = { last: '', waitMs: firstWaitMs };
  to.connection('connecting');
  while (!signal.aborted) {
    const failed = await hear(path, course, to, signal);
    if (signal.aborted) return;
    if (failed instanceof Over) return to.connection('over');
    // The service ends each connection after a time; only where the next one brings nothing either is it lost.
    if (failed !== undefined || course.waitMs > firstWaitMs) to.connection('lost');
    await pause(course.waitMs, signal);
    course.waitMs = Math.min(longestWaitMs, course.waitMs * 2);
    if (!(failed instanceof Moved) || signal.aborted) continue;
    // Whoever begins anew asks at once, so that a service which goes on saying so would never be left in peace without the pause.
    if (to.moved) return to.moved();
    course.last = '';
  }
}

/** Hears one connection to its end; answers with why it failed, or nothing where the service ended it. */
async function hear(path: string, course: Course, to: Listener, signal: AbortSignal): Promise<unknown> {
  try {
    for await (const { id, data } of eventsOf(path, course, to, signal)) {
      if (id) course.last = id;
      to.heard(JSON.parse(data));
    }
    return undefined;
  } catch (error) {
    return error;
  }
}

async function* eventsOf(path: string, course: Course, to: Listener, signal: AbortSignal) {
  const silence = watchdog(signal);
  const alive = (): void => {
    course.waitMs = firstWaitMs;
    silence.heard();
  };
  try {
    const answer = await fetch(path, { headers: await headersFor(course.last), signal: silence.signal });
    const events = streamIn(answer);
    to.connection('live');
    const parser = new EventSourceParserStream({ onComment: alive });
    for await (const event of events.pipeThrough(new TextDecoderStream()).pipeThrough(parser)) {
      alive();
      yield event;
    }
  } finally {
    silence.stop();
  }
}

/** Throws where the answer is no stream of events. Source: HTML Living Standard, "Server-sent events", which wants its type too. */
function streamIn({ status, ok, headers, body }: Response): NonNullable<Response['body']> {
  if (status === 401) sessionRefused();
  if (final.has(status)) throw new Over();
  if (status === moved) throw new Moved();
  const isStream = headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  if (!ok || !body || !isStream) throw new Error(`The service answered ${status}, and with no events.`);
  return body;
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
