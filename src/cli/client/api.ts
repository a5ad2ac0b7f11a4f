/** The public HTTP API as the demo calls it, like any other client: it repeats what a dying server did not answer. */
import { type Client, createClient } from '../../client/generated/client/index.js';
import type { Problem } from '../../client/generated/types.gen.js';

/** An answer that says no. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** What a call of the generated client is given: as whom it is made, and that a refusal is thrown, as {@link Refused}. */
export interface Calling {
  readonly client: Client;
  readonly throwOnError: true;
}

export interface Api {
  /** Calls as whoever has this token. A command is repeated with the same key, so that its effect happens once. */
  as(token: string): Calling;
  /** The position of each of the provider's facts as they happen; comes again where it was cut off, until aborted. */
  changes(providerId: string, token: string, signal: AbortSignal): AsyncGenerator<string>;
}

const triesAtMost = 60;
const pauseMs = 500;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMs));

export function openApi(url: string): Api {
  return {
    as(token) {
      const client = createClient({ baseUrl: url, auth: token, fetch: patiently });
      client.interceptors.error.use((problem, response) => (response ? new Refused(problem as Problem) : problem));
      return { client, throwOnError: true };
    },
    async *changes(providerId, token, signal) {
      let last: string | undefined;
      while (!signal.aborted) {
        const resume: Record<string, string> = last === undefined ? {} : { 'last-event-id': last };
        const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream', ...resume };
        const response = await fetch(`${url}/v1/providers/${providerId}/changes`, { headers, signal }).catch(
          () => undefined,
        );
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

/** Asks again while nobody answers, or the answer is that nobody can now. */
async function patiently(asked: string | URL | Request): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const response = await fetch(asked instanceof Request ? asked.clone() : asked).catch((error: unknown) => {
      if (tries === triesAtMost) throw error;
      return undefined;
    });
    if (response && (response.status !== 503 || tries === triesAtMost)) return response;
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
