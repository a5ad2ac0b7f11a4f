/** One try to deliver one message: signed by every secret that counts now, kept for a look, and counted. */
import { LRUCache } from 'lru-cache';
import type { StandingWebhook } from '../../../domain/webhooks/webhook.js';
import type { Clock } from '../../ports/clock.js';
import type { Metrics } from '../../ports/metrics.js';
import type { Vault } from '../../ports/vault.js';
import type { Deliveries, Delivery, Sent, WebhookSender } from '../../ports/webhook-sender.js';
import type { Message } from '../messages/message.js';
import { signingSecret } from '../signing-secrets.js';
import { formerSigns } from '../webhook-view.js';

export interface AttemptParts {
  readonly vault: Vault;
  readonly sender: WebhookSender;
  readonly deliveries: Deliveries;
  readonly metrics: Metrics;
  readonly clock: Clock;
}

export type Attempt = (
  to: { readonly id: string; readonly webhook: StandingWebhook },
  message: Message,
  tries: number,
  signal: AbortSignal,
) => Promise<Delivery>;

/** Secrets that are read again after so long, so that a vault that is a service is not asked for each message. */
const keptMs = 300_000;
const mostKept = 2_000;

/** The tries of all webhooks, which share what is known of secrets. */
export function openAttempts({ vault, sender, deliveries, metrics, clock }: AttemptParts): Attempt {
  const kept = new LRUCache<string, string>({ max: mostKept, ttl: keptMs });

  async function secretOf(id: string, generation: number): Promise<readonly string[]> {
    const known = kept.get(`${id}#${generation}`) ?? (await signingSecret(vault, id, generation));
    if (known === undefined) return [];
    kept.set(`${id}#${generation}`, known);
    return [known];
  }

  return async ({ id, webhook }, message, tries, signal) => {
    const startedAt = clock.now();
    const { generation, url } = webhook;
    const sent = await secretsOf(webhook, startedAt, (each) => secretOf(id, each)).then(
      (secrets): Sent | Promise<Sent> =>
        secrets.length === 0 ? noSecret(generation) : sender.send({ ...message, url, secrets }, signal),
      (): Sent => ({ error: 'The vault does not give the secret now.' }),
    );
    const delivery = deliveryOf(message, sent, { tries, startedAt, ms: clock.now() - startedAt });
    noted(deliveries, id, delivery);
    metrics.count('partner_cloud_webhook_deliveries_total', { outcome: delivery.outcome });
    metrics.measure('partner_cloud_webhook_delivery_seconds', { outcome: delivery.outcome }, delivery.ms / 1_000);
    return delivery;
  };
}

/** What cannot be noted was sent all the same: its loss harms nobody, and a failure here would have it sent again. */
function noted(deliveries: Deliveries, id: string, delivery: Delivery): void {
  try {
    deliveries.note(id, delivery);
  } catch {
    // Whoever keeps the file tells of its damage.
  }
}

/** The present one first; the former one beside it while it counts. */
async function secretsOf(
  webhook: StandingWebhook,
  now: number,
  secretOf: (generation: number) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const { generation } = webhook;
  const present = await secretOf(generation);
  return formerSigns(webhook, now) ? [...present, ...(await secretOf(generation - 1))] : present;
}

const noSecret = (generation: number): Sent => ({ error: `Secret ${generation} was destroyed; make another one.` });

interface Tried {
  readonly tries: number;
  readonly startedAt: number;
  readonly ms: number;
}

/** What came of a message that was sent, or could not be. */
export function deliveryOf({ id: messageId, type }: Message, sent: Sent, { tries, startedAt, ms }: Tried): Delivery {
  const about = { at: new Date(startedAt).toISOString(), messageId, type, tries };
  if ('error' in sent) return { ...about, outcome: 'failed', error: sent.error, ms };
  const { status } = sent;
  return { ...about, outcome: status >= 200 && status < 300 ? 'delivered' : 'refused', status, ms };
}

/** What came of a try, for people. */
export const deliveryText = ({ status, error }: Delivery): string => error ?? `It answered ${status}.`;
