/** Figures of the webhooks that this process delivers for. */
import type { Delivering } from '../../../application/webhooks/delivery/deliver.js';
import { asNumber, family, only } from '../family.js';

export const webhooksFamily = ({ figures }: Pick<Delivering, 'figures'>, now: () => number) =>
  family(
    {
      partner_cloud_webhooks_delivering: { help: '1 where this process delivers, of several that may.' },
      partner_cloud_webhooks: { help: 'Webhooks that are enabled, where this process delivers.' },
      partner_cloud_webhook_messages_waiting: {
        help: 'Messages that wait to be delivered; what is not read from the log yet is not among them.',
      },
      partner_cloud_webhooks_failing: { help: 'Webhooks of which a message could not be delivered yet.' },
      partner_cloud_webhook_failing_seconds: {
        help: 'For how long the message that fails longest could not be delivered; 0 for none.',
      },
    },
    () => {
      const { delivers, enabled, waiting, failing, failingSince } = figures();
      const seconds = failingSince === undefined ? 0 : (now() - Date.parse(failingSince)) / 1_000;
      return {
        partner_cloud_webhooks_delivering: only(asNumber(delivers)),
        partner_cloud_webhooks: only(enabled),
        partner_cloud_webhook_messages_waiting: only(waiting),
        partner_cloud_webhooks_failing: only(failing),
        partner_cloud_webhook_failing_seconds: only(seconds),
      };
    },
  );
