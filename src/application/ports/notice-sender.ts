/** Sends words to people by a topic that others have subscribed to. */
import type { Sent } from './webhook-sender.js';

export interface Notice {
  /** At most 100 characters of ASCII, without line breaks. */
  readonly subject: string;
  readonly text: string;
}

export interface NoticeSender {
  /** Resolves in bounded time with what came of it. */
  publish(topic: string, notice: Notice, signal: AbortSignal): Promise<Sent>;
}
