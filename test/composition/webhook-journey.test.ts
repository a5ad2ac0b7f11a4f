/** The whole service tells a receiver that an account is ready, and of a head that covers it. */
import { expect, test } from '@jest/globals';
import type { Deliveries } from '../../src/client/generated/types.gen.js';
import { settingsWith } from '../outside/support/settings.js';
import { read } from '../support/by-path.js';
import { type Received, startReceiver } from '../support/receiver.js';
import { acceptedProvider, credentialsOf, prepare, startRunning, until } from '../support/service.js';
import { startSimulator } from '../support/simulator.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const settings = (): string =>
  settingsWith(
    temporaryFolder(),
    [/headEverySeconds: \d+/, 'headEverySeconds: 1'],
    [/# webhooks:\n# {3}privateNetworks: .*/, 'webhooks:\n  privateNetworks: [127.0.0.0/8]'],
  );

const security = [{ scheme: 'bearer', type: 'http' }] as const;
const typeOf = ({ body }: Received): string => JSON.parse(body).type;

test('an account that is ready is told, then a head; a restart goes on and tells neither of the facts again', async () => {
  const [aws, receiver] = [await startSimulator(), await startReceiver()];
  const plain = await prepare(aws.url);
  const grounds = { ...plain, env: { ...plain.env, PARTNER_CLOUD_CONFIG: settings() } };
  const { administrator } = grounds.tokens;
  const first = await startRunning(grounds);
  const asked = { url: receiver.url, types: ['CredentialsIssued', 'head.signed'] };
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': 'journey' };
  const { client, throwOnError } = first.api.as(administrator);
  const subscribed = await client.post({ url: '/v1/webhooks', security, throwOnError, body: asked, headers });
  const webhook = String((subscribed.data as { id: string }).id);
  const id = await acceptedProvider(first.api, grounds.tokens);
  await credentialsOf(first.api, grounds.tokens, id);
  // What a stop cuts off before its answer is repeated, so it must have been answered.
  await until(
    () => read<Deliveries>(first.api, `/v1/webhooks/${webhook}/deliveries`, administrator),
    ({ items }) => ['CredentialsIssued', 'head.signed'].every((type) => items.some((each) => each.type === type)),
  );
  await first.stop();
  const before = receiver.received.length;
  const again = await startRunning(grounds);
  await until(
    async () => receiver.received.slice(before).map(typeOf),
    (types) => types.includes('head.signed'),
  );
  await again.stop();
  expect(receiver.received.map(typeOf).filter((type) => type === 'CredentialsIssued')).toHaveLength(1);
  await Promise.all([aws.close(), receiver.close()]);
});
