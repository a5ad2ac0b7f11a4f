/** One try to publish one notice. */
import type { Clock } from '../../ports/clock.js';
import type { Metrics } from '../../ports/metrics.js';
import type { Notice, NoticeSender } from '../../ports/notice-sender.js';
import { type Attempt, deliveryOf } from '../attempts/attempt.js';

interface Parts {
  readonly sender: NoticeSender;
  readonly metrics: Metrics;
  readonly clock: Clock;
}

/** The tries of notices; the address of a recipient is its topic. */
export const openNoticeAttempts =
  ({ sender, metrics, clock }: Parts): Attempt =>
  async ({ webhook }, message, tries, signal) => {
    const startedAt = clock.now();
    const sent = await sender.publish(webhook.url, JSON.parse(message.body) as Notice, signal);
    const delivery = deliveryOf(message, sent, { tries, startedAt, ms: clock.now() - startedAt });
    metrics.count('partner_cloud_notices_total', { outcome: delivery.outcome });
    return delivery;
  };
