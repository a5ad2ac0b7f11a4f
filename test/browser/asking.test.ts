/** What a person sees who asks for an account and is kept from it: by the terms, by the service's rules, by a session that ends. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Page, Route } from 'playwright-core';
import { openBrowser, openPerson, type Person, signIn } from './support/browser.js';
import { refusedCalls, scenario } from './support/scenario.js';
import { openSite, request, type Site } from './support/site.js';
import { acceptBoth, beginNew, nameIt, next } from './support/wizard.js';

let site: Site;
let browser: Browser;
let ada: Person;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
  ada = await openPerson(browser, site);
  await signIn(ada, site, 'administrator');
});
afterEach(() => ada.page.unrouteAll({ behavior: 'ignoreErrors' }));
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const create = (page: Page): Promise<void> => page.getByRole('button', { name: 'Create the account' }).click();

/** Answers with documents that are not in force, until it is told to stop. */
async function withFormerTerms(page: Page): Promise<() => Promise<void>> {
  const former = async (route: Route): Promise<void> => {
    const answer = await route.fetch();
    const body = await answer.json();
    for (const document of body.documents) document.digest = '0'.repeat(64);
    await route.fulfill({ response: answer, json: body });
  };
  await page.route('**/v1/terms?*', former);
  return () => page.unroute('**/v1/terms?*', former);
}

scenario('a document of the terms is downloaded as the bytes that its digest is of', async () => {
  const { page } = ada;
  await beginNew(page);
  await nameIt(page, 'Downloaded');
  await next(page);
  const button = page.getByRole('button', { name: /^Download/ }).first();
  const [kept] = await Promise.all([page.waitForEvent('download'), button.click()]);
  expect(kept.suggestedFilename()).toMatch(/^terms-US-reseller-.+\.md$/);
  const digest = createHash('sha256')
    .update(readFileSync(await kept.path()))
    .digest('hex');
  await page.getByText(digest).first().waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('No providers yet').waitFor();
});

scenario('terms that are declined keep one in the wizard, and no account is asked for', async () => {
  const { page } = ada;
  await beginNew(page);
  await nameIt(page, 'Declined');
  await next(page);
  await next(page);
  const both = /To go on, accept CenturyLink’s terms and AWS’s terms as well/;
  await page.getByText(both).first().waitFor();
  await ada.expectAccessible('terms that were not accepted');
  await acceptBoth(page);
  await page.getByRole('checkbox', { name: 'I have read and accept AWS’s terms' }).press('Space');
  await next(page);
  await page.getByText('To go on, accept AWS’s terms as well').first().waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('No providers yet').waitFor();
});

scenario('a request whose terms are still open is accepted on its page, or withdrawn', async () => {
  const { page } = ada;
  const id = await request(site, 'Open terms');
  await page.goto(`${site.url}/providers/${id}`);
  await page.getByRole('button', { name: 'Accept and create the account', disabled: true }).waitFor();
  await ada.expectAccessible('terms on the page of a provider');
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Withdraw' }).click();
  const dialog = page.getByRole('dialog');
  await ada.expectAccessible('withdraw');
  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  await page.getByText('This request was withdrawn before there was an account.').waitFor();
  await ada.expectAccessible('withdrawn');
  expect(await page.getByRole('button', { name: /Accept and create/ }).count()).toBe(0);
});

scenario('terms that changed since they were read are shown anew before anything is asked for', async () => {
  const { page } = ada;
  const inForceAgain = await withFormerTerms(page);
  await page.goto(`${site.url}/`);
  await beginNew(page);
  await nameIt(page, 'Stale terms');
  await next(page);
  await acceptBoth(page);
  await next(page);
  await inForceAgain();
  await create(page);
  await page.getByText('The terms have changed since you read them.').first().waitFor();
  await ada.expectAccessible('terms that changed');
  await acceptBoth(page);
  await next(page);
  await create(page);
  await page.waitForURL(/\/providers\//);
});

scenario(
  'terms that change while they are accepted on the page of a provider are told, and shown anew',
  async () => {
    const { page } = ada;
    const id = await request(site, 'Stale on its page');
    const inForceAgain = await withFormerTerms(page);
    await page.goto(`${site.url}/providers/${id}`);
    await acceptBoth(page);
    await inForceAgain();
    await page.getByRole('button', { name: 'Accept and create the account' }).click();
    await page.getByText('The terms have changed since you read them.').waitFor();
    await page.getByRole('button', { name: 'Accept and create the account', disabled: true }).waitFor();
    await ada.expectAccessible('terms that were refused');
    await acceptBoth(page);
    await page.getByRole('button', { name: 'Accept and create the account' }).click();
    await page.getByText('Both terms and conditions accepted').waitFor();
  },
  refusedCalls,
);

scenario('an organization that may not have an account is told why and whom to ask', async () => {
  await site.report('acme', { billable: false, staff: true });
  const { page } = ada;
  await page.goto(`${site.url}/new`);
  await page.getByText('Your organization cannot have a new account now').waitFor();
  await page.getByText('Your organization is not set up for billing.').first().waitFor();
  await ada.expectAccessible('an ineligible organization');
  await next(page);
  await page.getByText('Choose one of the options that are offered.').waitFor();
  await site.report('acme');
});

scenario(
  'an organization that nobody reported is told so',
  async () => {
    const gus = await openPerson(browser, site);
    await signIn(gus, site, 'outsider', '/new');
    await gus.page.getByText(/its facts must be reported first/).waitFor();
    await gus.expectAccessible('an organization that nobody reported');
    await gus.close();
  },
  refusedCalls,
);

scenario(
  'a session that ends keeps what was typed, and what was accepted till the account is asked for',
  async () => {
    const { page } = ada;
    await page.goto(`${site.url}/`);
    await beginNew(page);
    await nameIt(page, 'Typed before the end');
    const refuse = (route: Route) =>
      route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{}' });
    await page.route('**/v1/organizations/**', refuse);
    await page.getByLabel('Name', { exact: true }).press('End');
    await page.getByLabel('Name', { exact: true }).pressSequentially('!');
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.waitFor();
    await ada.expectAccessible('a session that ended');
    await page.unroute('**/v1/organizations/**', refuse);
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByRole('heading', { name: 'Name and option' }).waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Typed before the end!');

    await next(page);
    await acceptBoth(page);
    await next(page);
    await page.route('**/v1/terms?*', refuse);
    await create(page);
    await dialog.waitFor();
    await page.unroute('**/v1/terms?*', refuse);
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    await create(page);
    await page.getByRole('heading', { level: 1, name: /Typed before the end!/ }).waitFor();
  },
  refusedCalls,
);
