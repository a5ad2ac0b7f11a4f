/** Webhooks on the console, to a receiver that checks the signature by the secret that was shown. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { signatureBy } from '../../src/infrastructure/webhooks/signature.js';
import { settingsWith } from '../outside/support/settings.js';
import { type Received, type Receiver, startReceiver, status } from '../support/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { openBrowser, openPerson, type Person, signIn } from './support/browser.js';
import { openSite, type Site } from './support/site.js';

let [site, browser, receiver, ada] = [] as unknown as [Site, Browser, Receiver, Person];

beforeAll(async () => {
  const settings = settingsWith(temporaryFolder(), [
    /# webhooks:\n# {3}privateNetworks: .*/,
    'webhooks:\n  privateNetworks: [127.0.0.0/8]',
  ]);
  const opened = [openSite({ env: { PARTNER_CLOUD_CONFIG: settings } }), openBrowser(), startReceiver()] as const;
  [site, browser, receiver] = await Promise.all(opened);
  ada = await openPerson(browser, site);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([site?.close(), receiver?.close()]);
});

const isSignedBy = (secret: string, { headers, body }: Received): boolean => {
  const signed = { id: String(headers['webhook-id']), timestamp: Number(headers['webhook-timestamp']), body };
  return String(headers['webhook-signature']).split(' ').includes(signatureBy(secret, signed));
};

const choose = async (action: string): Promise<void> => {
  await ada.page.getByRole('button', { name: 'Actions' }).click();
  await ada.page.getByRole('menuitem', { name: action }).click();
};

test('an administrator makes a webhook, keeps its secret, and a test arrives that is signed with it', async () => {
  const { page } = ada;
  await signIn(ada, site, 'administrator', '/webhooks');
  await page.getByText('No webhooks yet').waitFor();
  await ada.expectAccessible('no webhooks');
  await page.getByRole('link', { name: 'Create a webhook' }).first().click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByText('Give an https address').waitFor();
  await page.getByLabel('Address').fill(receiver.url);
  await page.getByRole('radio', { name: /Only some/ }).check();
  await page.getByRole('button', { name: /Choose events/ }).click();
  await page.getByRole('option', { name: 'CredentialsIssued' }).click();
  await page.keyboard.press('Escape');
  await ada.expectAccessible('a webhook before it is created');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const secret = String(await page.getByRole('region', { name: 'Secret' }).textContent());
  await ada.expectAccessible('a secret');
  await page.getByRole('button', { name: 'Go to the webhook' }).click();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('The test was taken.').waitFor();
  expect(receiver.received.map((each) => isSignedBy(secret, each))).toEqual([true]);
  await page.getByRole('cell', { name: 'Taken' }).waitFor();
  expect(await page.content()).not.toContain(secret);
  await ada.expectAccessible('a webhook');
});

test('an operator sees the webhooks of every organization and stops them, and does no more with them', async () => {
  const otis = await openPerson(browser, site);
  const { page } = otis;
  await signIn(otis, site, 'operator', '/webhooks');
  await page.getByRole('cell', { name: 'acme' }).waitFor();
  await page.getByRole('link', { name: receiver.url }).click();
  await page.getByRole('button', { name: 'Actions' }).click();
  expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Disable', 'Remove']);
  expect(await page.getByRole('button', { name: 'Send a test' }).count()).toBe(0);
  expect(page.url()).toBe(ada.page.url());
  otis.expectNoTrouble();
  await otis.close();
});

test('its secret is rotated, everything is sent once more, it is disabled with its reason, and removed', async () => {
  const { page } = ada;
  await choose('Rotate the secret');
  const rotating = page.getByRole('dialog', { name: 'Make another secret?' });
  await rotating.getByRole('button', { name: 'Rotate the secret' }).click();
  const dialog = page.getByRole('dialog', { name: 'The new secret' });
  expect(await dialog.getByRole('region', { name: 'Secret' }).textContent()).toMatch(/^whsec_/);
  await ada.expectAccessible('a new secret');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByText('Number 2').waitFor();
  await choose('Replay');
  await page.getByRole('radio', { name: 'From the start of the log' }).check();
  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  await page.getByText('It is sent once more.').waitFor();
  receiver.answer(status(410));
  await choose('Disable');
  await page.getByLabel('Why').fill('The receiver moves.');
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await page.getByText('They say: “The receiver moves.”').waitFor();
  await ada.expectAccessible('a webhook that is disabled');
  await page.reload();
  await page.getByRole('button', { name: 'Enable' }).click();
  await page.getByRole('button', { name: 'Enable' }).waitFor({ state: 'hidden' });
  await choose('Remove');
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('No webhooks yet').waitFor();
  ada.expectNoTrouble();
});
