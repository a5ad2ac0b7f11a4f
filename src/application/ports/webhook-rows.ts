/** Webhooks as they are read in lists, derived from the log. */
import type { StandingWebhook } from '../../domain/webhooks/webhook.js';
import type { Position } from './event-store.js';

export interface WebhookRow {
  readonly id: string;
  readonly webhook: StandingWebhook;
  /** Of the event by which its deliveries last began. */
  readonly begunAt: Position;
}

export interface WebhooksOf {
  /** An organization; empty: those that tell of all; `undefined`: every webhook. */
  readonly owner: string | undefined;
  /** In order of id, after this one (empty: from the first). */
  readonly afterId: string;
  readonly limit: number;
}
