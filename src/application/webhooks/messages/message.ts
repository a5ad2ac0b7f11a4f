/** What is sent: a fact, a head or a test, as the receiver reads it. */
import type { PoisonedEvent, RecordedEvent } from '../../ports/event-store.js';

export interface Message {
  readonly id: string;
  readonly type: string;
  readonly body: string;
}

/** What an entry of the log is to a recipient; `undefined` where it is nothing to them. */
export type MessageOf = (recorded: RecordedEvent | PoisonedEvent) => Message | undefined;
