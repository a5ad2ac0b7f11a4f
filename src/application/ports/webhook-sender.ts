/** Sends signed requests, and keeps what came of them. */

export interface SignedMessage {
  /** The same however often a message is sent. */
  readonly id: string;
  readonly url: string;
  readonly body: string;
  /** Each of these signs, as Standard Webhooks writes them. */
  readonly secrets: readonly string[];
}

/** What came of one request: the status of an answer, or why there was none, in words without anything of the answer. */
export type Sent = { readonly status: number } | { readonly error: string };

export interface WebhookSender {
  /** Resolves in bounded time, whatever the receiver does; an abort ends it as an error. */
  send(message: SignedMessage, signal: AbortSignal): Promise<Sent>;
}

/** One try to deliver a message. */
export interface Delivery {
  /** ISO. */
  readonly at: string;
  readonly messageId: string;
  readonly type: string;
  /** Counted from 1. */
  readonly tries: number;
  readonly outcome: 'delivered' | 'refused' | 'failed';
  readonly status?: number;
  readonly error?: string;
  readonly ms: number;
}

/** The last tries of each webhook; they are no facts, and their loss harms nobody. */
export interface Deliveries {
  note(id: string, delivery: Delivery): void;
  /** The newest first. */
  last(id: string): readonly Delivery[];
  /** Writes what was noted of late, before the file is closed. */
  keep(): void;
}
