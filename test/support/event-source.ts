/** Reads server-sent events from an answer, one after the other, as a browser would. */
import { awaited } from './waiting.js';

export interface SentEvent {
  readonly id: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EventSource {
  /** The next event; `undefined` when the connection has ended. */
  next(): Promise<SentEvent | undefined>;
  /** So many events. */
  take(count: number): Promise<SentEvent[]>;
  /** The next event that has no id, since it is no fact. */
  aside(): Promise<SentEvent | undefined>;
  /** Resolves when a comment has come. */
  comment(): Promise<string>;
}

/** Reads the frames of a response; comments and `retry` are told apart from events. */
export function readEvents(response: Response): EventSource {
  const frames = framesOf(response);
  let last = '';
  async function frame(start: string): Promise<string | undefined> {
    for (;;) {
      const what = (): string => `a frame that starts with "${start}"; the last one was ${JSON.stringify(last)}`;
      const { value, done } = await awaited(what, () => frames.next());
      if (done || value === undefined) return undefined;
      last = value;
      if (value.startsWith(start)) return value;
    }
  }
  const next = async (): Promise<SentEvent | undefined> => {
    const text = await frame('id:');
    return text === undefined ? undefined : parsed(text);
  };
  return {
    next,
    async take(count) {
      const events: SentEvent[] = [];
      while (events.length < count) {
        const event = await next();
        if (!event) throw new Error(`the connection ended after ${events.length} of ${count} events`);
        events.push(event);
      }
      return events;
    },
    async aside() {
      const text = await frame('event:');
      return text === undefined ? undefined : parsed(text);
    },
    comment: async () => (await frame(':')) ?? '',
  };
}

async function* framesOf({ body }: Response): AsyncGenerator<string> {
  if (!body) return;
  let rest = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const frames = `${rest}${chunk}`.split('\n\n');
    rest = frames.pop() ?? '';
    yield* frames;
  }
}

function parsed(frame: string): SentEvent {
  const fields = Object.fromEntries(
    frame.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  );
  return { id: String(fields.id), event: String(fields.event), data: JSON.parse(String(fields.data)) };
}
