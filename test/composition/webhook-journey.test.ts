/** The whole service tells a receiver that an account is ready, and of a head that covers it. */
import { expect, test } from '@jest/globals';
import { settingsWith } from '../outside/support/settings.js';
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

const typeOf = ({ body }: Received): string => JSON.parse(body).type;

test('an account that is ready is told, then a head; a restart goes on and tells neither of the facts again', async () => {
  const [aws, receiver] = [await startSimulator(), await startReceiver()];
  const plain = await prepare(aws.url);
  const grounds = { ...plain, env: { ...plain.env, PARTNER_CLOUD_CONFIG: settings() } };
  const subscribe = (url: string) =>
    fetch(`${url}/v1/webhooks`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${grounds.tokens.administrator}`,
        'content-type': 'application/json',
        'idempotency-key': 'journey',
      },
      body: JSON.stringify({ url: receiver.url, types: ['CredentialsIssued', 'head.signed'] }),
    });
  const first = await startRunning(grounds);
  expect((await subscribe(first.url)).status).toBe(201);
  const id = await acceptedProvider(first.api, grounds.tokens);
  await credentialsOf(first.api, grounds.tokens, id);
  const seen = await until(
    async () => receiver.received.map(typeOf),
    (types) => types.includes('CredentialsIssued') && types.includes('head.signed'),
  );
  expect(seen.filter((type) => type === 'CredentialsIssued')).toHaveLength(1);
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
