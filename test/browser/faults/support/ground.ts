/** What the pages are looked at on: a provider and a webhook for whatever is done, and an AWS that makes no account meanwhile. */
import { type Receiver, startReceiver } from '../../../support/receiver.js';
import { claim } from '../../support/claim.js';
import { request, type Site, vend } from '../../support/site.js';
import type { Ground } from './asked-for.js';
import { excepted } from './staff-pages.js';

const anHour = 3_600_000;

/** Halts once at both payers. */
async function halt(site: Site, name: string): Promise<string> {
  const failures = ['111122223333', '444455556666'].map((payer) => ({ payer, reason: 'INVALID_EMAIL', times: 1 }));
  await site.control('PUT', 'creation-failures', failures);
  const id = await vend(site, name, 'halted');
  await site.control('PUT', 'creation-failures', []);
  return id;
}

/** A webhook that is told of nothing that happens here, so that its deliveries are those that somebody asks for. */
async function subscribe(site: Site, url: string): Promise<string> {
  const { id } = await site.call<{ id: string }>('administrator', 'POST', '/v1/webhooks', {
    url,
    types: ['CredentialsExpired'],
  });
  return id;
}

async function webhooksOn(site: Site, url: string) {
  const [enabled = '', toDisable = '', disabled = '', toRemove = ''] = await Promise.all(
    Array.from({ length: 4 }, () => subscribe(site, url)),
  );
  await site.call('administrator', 'POST', `/v1/webhooks/${disabled}/disable`, { words: 'The receiver moves.' });
  return { enabled, toDisable, disabled, toRemove };
}

async function providersOn(site: Site) {
  const [ready, claimed] = await Promise.all([
    vend(site, 'Handed over'),
    vend(site, 'Claimed').then((id) => claim(site, id)),
  ]);
  const halted = await halt(site, 'Halting');
  const [requested = '', toAccept = '', toWithdraw = ''] = await Promise.all(
    ['Terms to accept', 'Terms accepted', 'Taken back'].map((name) => request(site, name)),
  );
  const until = new Date(Date.now() + 24 * anHour).toISOString();
  const exception = { owner: 'team-1', reason: 'A test runs there.', until };
  // One of them is taken back on the way; the list of all must show one all the same.
  for (const object of [excepted, 'user/AIDAKEPT/global'])
    await site.call('operator', 'PUT', `/v1/providers/${ready}/exceptions/${encodeURIComponent(object)}`, exception);
  return { ready, claimed, halted, requested, toAccept, toWithdraw };
}

/** Afterwards every account that is asked for stays in the making, so that no page changes by itself while it is looked at. */
export async function makeGround(site: Site): Promise<{ readonly ground: Ground; readonly receiver: Receiver }> {
  const receiver = await startReceiver();
  const [providers, webhooks] = await Promise.all([providersOn(site), webhooksOn(site, receiver.url)]);
  await site.control('PUT', 'latencies', { createAccountMs: anHour });
  return { ground: { ...providers, ...webhooks, receiver: receiver.url }, receiver };
}
