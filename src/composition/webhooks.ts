/** Webhooks put together: which facts they may tell of, and where requests may go. */
import type { WebhookService } from '../application/webhooks/webhook-service.js';
import type { Config } from '../config/config.js';
import { eventSchemas } from '../infrastructure/event-store/format/schemas/all.js';
import { openTargets } from '../infrastructure/webhooks/targets.js';

/** What calls about webhooks work with. */
export function webhooksOf({ webhooks }: Pick<Config, 'webhooks'>): WebhookService {
  const targets = openTargets(webhooks.privateNetworks);
  return { eventTypes: Object.keys(eventSchemas), targetProblem: targets.problem };
}
