/** What a person sees of an account that is being made: that AWS throttles, that a step halted, that the connection is lost. */
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, openPerson, type Person, signIn } from './support/browser.js';
import { refusedCalls, scenario } from './support/scenario.js';
import { openSite, request, type Site } from './support/site.js';
import { ask } from './support/wizard.js';

let site: Site;
let browser: Browser;
let ada: Person;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
  ada = await openPerson(browser, site);
  await signIn(ada, site, 'administrator');
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const handedOver = () => ada.page.getByRole('button', { name: 'Show credentials' }).waitFor({ timeout: 90_000 });

scenario(
  'a step that AWS throttles is shown as waiting, with why and how often it was tried, and goes on',
  async () => {
    const throttled = { kind: 'throttle', service: 'iam', operation: 'UpdateAccountPasswordPolicy', times: 1_000 };
    await site.control('POST', 'faults', throttled);
    const { page } = ada;
    await ask(page, 'Throttled');
    const step = page.getByRole('listitem').filter({ hasText: 'Set the password policy' });
    await step.getByText(/AWS limits how often we may ask/).waitFor();
    await step.getByRole('img', { name: 'Waiting' }).waitFor();
    await step.getByText(/Tried \d+ times/).waitFor();
    await ada.expectAccessible('throttled');
    await site.control('DELETE', 'faults');
    await handedOver();
  },
);

scenario('a halt is told in plain words with who must act, and goes on when it is resumed', async () => {
  const failures = ['111122223333', '444455556666'].map((payer) => ({ payer, reason: 'INVALID_EMAIL' }));
  await site.control('PUT', 'creation-failures', failures);
  const { page } = ada;
  await page.goto(`${site.url}/`);
  const id = await ask(page, 'Halting');
  await page.getByText('Halted at “Create the AWS account”').first().waitFor();
  await page
    .getByText(/does not accept the account.s root e-mail/)
    .first()
    .waitFor();
  await page.getByText(/operators must act/).waitFor();
  await ada.expectAccessible('halted');

  const otis = await openPerson(browser, site);
  await signIn(otis, site, 'operator', '/operations');
  await otis.page.getByRole('link', { name: 'Halting' }).waitFor();
  await otis.page.getByText('root-email-invalid: 1').waitFor();
  await otis.expectAccessible('operations');
  await otis.page.getByRole('link', { name: 'Halting' }).click();
  await otis.page.getByRole('button', { name: 'What AWS answered' }).click();
  await otis.page
    .getByText(/CreateAccount/)
    .first()
    .waitFor();
  await otis.expectAccessible('a halt, to an operator');
  await site.control('PUT', 'creation-failures', []);
  await otis.page.getByRole('button', { name: 'Resume' }).click();
  await otis.page.getByText('It goes on.').waitFor();
  await otis.close();

  await handedOver();
  expect(new URL(page.url()).pathname).toBe(`/providers/${id}`);
});

scenario(
  'a lost connection is told, and what was missed comes when it is back',
  async () => {
    const { page, context } = ada;
    const id = new URL(page.url()).pathname.split('/')[2] ?? '';
    await context.setOffline(true);
    await page.getByText('The live connection is lost').waitFor();
    await ada.expectAccessible('a lost connection');
    await site.call('administrator', 'POST', `/v1/providers/${id}/rename`, { name: 'Renamed meanwhile' });
    await context.setOffline(false);
    await page.getByRole('heading', { level: 1, name: /Renamed meanwhile/ }).waitFor();
    await page.getByText('The live connection is lost').waitFor({ state: 'hidden' });
  },
  refusedCalls,
);

scenario(
  'a service that is gone is told on the list, and what happens after it is back is heard again',
  async () => {
    const { page } = ada;
    await page.getByRole('link', { name: 'Providers' }).first().click();
    await page.getByRole('link', { name: 'Renamed meanwhile' }).waitFor();
    await site.stopService();
    await page.getByText('The live connection is lost').waitFor();
    await page.getByText('The service cannot be reached').waitFor();
    await page.getByRole('link', { name: 'Renamed meanwhile' }).waitFor();
    await site.startService();
    await page.getByText('The live connection is lost').waitFor({ state: 'hidden' });
    await page.getByText('The service cannot be reached').waitFor({ state: 'hidden' });
    await request(site, 'Asked for afterwards');
    await page.getByRole('link', { name: 'Asked for afterwards' }).waitFor();
  },
  refusedCalls,
);
