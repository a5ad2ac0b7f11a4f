/** The public HTTP API as the demo calls it, like any other client: it repeats what a dying server did not answer. */

export interface Problem {
  readonly title: string;
  readonly detail?: string;
  readonly status: number;
}

/** An answer that says no. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }
}

export interface Api {
  get<T>(path: string, token: string): Promise<T>;
  /** Sends a command; the same key is sent with each repeat, so that the effect happens once. */
  send<T>(method: 'POST' | 'PUT', path: string, token: string, body: unknown, key?: string): Promise<T>;
  /** The position of each of the provider's facts as they happen; comes again where it was cut off, until aborted. */
  changes(providerId: string, token: string, signal: AbortSignal): AsyncGenerator<string>;
}

const triesAtMost = 60;
const pauseMs = 500;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMs));

export function openApi(url: string): Api {
  const headers = (token: string, more: Readonly<Record<string, string>> = {}) => ({
    authorization: `Bearer ${token}`,
    ...more,
  });
  return {
    get: (path, token) => answer(() => fetch(url + path, { headers: headers(token) })),
    send(method, path, token, body, key) {
      const more = { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) };
      return answer(() => fetch(url + path, { method, headers: headers(token, more), body: JSON.stringify(body) }));
    },
    async *changes(providerId, token, signal) {
      let last: string | undefined;
      while (!signal.aborted) {
        const resume: Record<string, string> = last === undefined ? {} : { 'last-event-id': last };
        const request = { headers: headers(token, { accept: 'text/event-stream', ...resume }), signal };
        const response = await fetch(`${url}/v1/providers/${providerId}/changes`, request).catch(() => undefined);
        try {
          for await (const position of positionsIn(response?.ok ? response.body : undefined)) {
            last = position;
            yield position;
          }
        } catch {
          // The connection was cut; the next one goes on after the last event seen.
        }
        if (!signal.aborted) await pause();
      }
    },
  };
}

async function answer<T>(call: () => Promise<Response>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const response = await call().catch((error: unknown) => {
      if (tries === triesAtMost) throw error;
      return undefined;
    });
    if (response?.ok) return (await response.json()) as T;
    if (response && (response.status !== 503 || tries === triesAtMost))
      throw new Refused((await response.json()) as Problem);
    await pause();
  }
}

/** The ids of the server-sent events of a body; a comment has none. */
async function* positionsIn(body: ReadableStream<Uint8Array> | null | undefined): AsyncGenerator<string> {
  if (!body) return;
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, id] = /^id: ?(.*)$/m.exec(block) ?? [];
      if (id !== undefined) yield id;
    }
  }
}
