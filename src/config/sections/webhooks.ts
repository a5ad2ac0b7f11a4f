/** What webhooks may reach beside public addresses. */
import { networksOf } from '../../infrastructure/webhooks/public-addresses.js';
import { Group, Is } from '../decorators.js';
import { anyOf, type Rule } from '../rules.js';
import { plainSection } from '../section.js';

const network: Rule = {
  allowed: 'a network such as 10.1.0.0/16 or fd12:3456::/32',
  problem(value) {
    if (typeof value !== 'string') return 'is not text';
    try {
      networksOf([value]);
      return undefined;
    } catch {
      return 'is no network';
    }
  },
};

class WebhookSettings {
  /** Networks of one's own that receivers may stand in; plain http is allowed there too. */
  @Is(anyOf(network)) readonly privateNetworks: readonly string[] = [];
}

export const webhooks = plainSection<WebhookSettings>(
  Group(() => WebhookSettings),
  { otherwise: () => new WebhookSettings() },
);
