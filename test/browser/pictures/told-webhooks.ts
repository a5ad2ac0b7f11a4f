/** Webhooks that are always the same, for pictures of the console. */
const at = (seconds: number): string =>
  new Date(Date.parse('2026-11-24T08:00:00.000Z') + seconds * 1_000).toISOString();

const webhook = (id: string, host: string, more: object) => ({
  id,
  organization: 'acme',
  url: `https://${host}/partner-cloud`,
  types: [],
  state: 'enabled',
  subscribedAt: at(-864_000),
  since: at(-864_000),
  secretGeneration: 1,
  ...more,
});

export const webhookId = '5f0c1a5e-6a4c-4d43-9e0f-2b6d1f0a7c31';

export const present = webhook(webhookId, 'hooks.customer.example', {
  types: ['CredentialsIssued', 'ProvisioningHalted'],
  secretGeneration: 2,
  formerSecretUntil: at(50_000),
});

const stopped = webhook('0b7e6f7e-7a0e-4a6e-8f0b-9a3f1f9f2d11', 'tickets.customer.example', {
  state: 'disabled',
  since: at(-7_200),
  reason: 'failing',
  words: 'connect ECONNREFUSED 203.0.113.7:443',
});

export const webhooks = { items: [present, stopped] };

const delivery = (place: number, type: string, outcome: string, more: object) => ({
  at: at(-600 * place),
  messageId: `${place}eda3d1${place}-7de6-5577-a06d-2c493bda0001`,
  type,
  tries: 1,
  outcome,
  ms: 41 + place * 7,
  ...more,
});

export const deliveries = {
  items: [
    delivery(1, 'CredentialsIssued', 'delivered', { status: 204 }),
    delivery(2, 'CredentialsIssued', 'delivered', { status: 204, tries: 3 }),
    delivery(3, 'CredentialsIssued', 'refused', { status: 503, tries: 2 }),
    delivery(4, 'CredentialsIssued', 'failed', { error: 'No answer came within 10 seconds.', ms: 10_004 }),
    delivery(5, 'ProvisioningHalted', 'delivered', { status: 200 }),
  ],
};

export const secret = 'whsec_C2FtcGxlLXNlY3JldC1vZi1hLXBpY3R1cmUtb25seQ==';
