/** What a person sees when something is wrong: with the account, the connection, the session, the service's answers. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Route } from 'playwright-core';
import { openBrowser, openPerson, type Person, signIn } from './support/browser.js';
import { openSite, type Site } from './support/site.js';
import { acceptBoth, ask, beginNew, nameIt, next } from './support/wizard.js';

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

/** The browser itself tells of each answer that is no success. */
const refusedCalls = /console: Failed to load resource|net::ERR/;

test('a halt is told in plain words with who must act, and goes on when it is resumed', async () => {
  const failures = ['111122223333', '444455556666'].map((payer) => ({ payer, reason: 'INVALID_EMAIL' }));
  await site.control('PUT', 'creation-failures', failures);
  const { page } = ada;
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
  otis.expectNoTrouble();
  await otis.close();

  await page.getByRole('button', { name: 'Show credentials' }).waitFor({ timeout: 90_000 });
  expect(new URL(page.url()).pathname).toBe(`/providers/${id}`);
  ada.expectNoTrouble();
});

test('an auditor verifies the log and takes the evidence of a provider along', async () => {
  const aude = await openPerson(browser, site);
  const { page } = aude;
  await signIn(aude, site, 'auditor', '/audit');
  await page.getByRole('button', { name: 'Verify the whole log' }).click();
  await page.getByText(/The log is (as it was signed|consistent)/).waitFor();
  await page.getByLabel(/Find by the beginning/).fill('halt');
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the evidence of Halting' }).click();
  expect((await coming).suggestedFilename()).toMatch(/^evidence-.*\.zip$/);
  await aude.expectAccessible('audit');
  aude.expectNoTrouble(refusedCalls);
  await aude.close();
});

test('who may not, is not offered it: a member, an ineligible organization, one that nobody reported', async () => {
  const mel = await openPerson(browser, site);
  await signIn(mel, site, 'member');
  await mel.page.getByRole('link', { name: 'Halting' }).click();
  await mel.page.getByRole('button', { name: 'AWS Console' }).waitFor();
  expect(await mel.page.getByRole('button', { name: /^(Show credentials|New|Actions)$/ }).count()).toBe(0);
  await mel.page.goto(`${site.url}/new`);
  await mel.page.getByText('Only an administrator of your organization can make accounts').waitFor();
  mel.expectNoTrouble();
  await mel.close();

  await site.report('acme', { billable: false, staff: true });
  await ada.page.goto(`${site.url}/new`);
  await ada.page.getByText('Your organization cannot have a new account now').waitFor();
  await ada.page.getByText('Your organization is not set up for billing.').first().waitFor();
  await ada.expectAccessible('an ineligible organization');
  await next(ada.page);
  await ada.page.getByText('Choose one of the options that are offered.').waitFor();
  await site.report('acme');
  ada.expectNoTrouble();

  const gus = await openPerson(browser, site);
  await signIn(gus, site, 'outsider', '/new');
  await gus.page.getByText(/its facts must be reported first/).waitFor();
  await gus.close();
});

test('terms that are not accepted keep one here, and those that changed meanwhile are shown anew', async () => {
  const { page } = ada;
  await page.goto(`${site.url}/`);
  await beginNew(page);
  await nameIt(page, 'Terms');
  let first = true;
  await page.route('**/v1/terms?*', async (route: Route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    if (first) for (const document of body.documents) document.digest = '0'.repeat(64);
    await route.fulfill({ response: answer, json: body });
  });
  await page.reload();
  await next(page);
  await next(page);
  await page
    .getByText(/To go on, accept CenturyLink’s terms and AWS’s terms as well/)
    .first()
    .waitFor();
  await acceptBoth(page);
  await next(page);
  first = false;
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.getByText('The terms have changed since you read them.').first().waitFor();
  await acceptBoth(page);
  await next(page);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.waitForURL(/\/providers\//);
  ada.expectNoTrouble();
});

test('a lost connection is told, and what was missed comes when it is back', async () => {
  const { page, context } = ada;
  const id = new URL(page.url()).pathname.split('/')[2] ?? '';
  await page.getByRole('button', { name: 'Show credentials' }).waitFor({ timeout: 90_000 });
  await context.setOffline(true);
  await page.getByText('The live connection is lost').waitFor();
  await site.call('administrator', 'POST', `/v1/providers/${id}/rename`, { name: 'Renamed meanwhile' });
  await context.setOffline(false);
  await page.getByRole('heading', { level: 1, name: /Renamed meanwhile/ }).waitFor();
  await page.getByText('The live connection is lost').waitFor({ state: 'hidden' });
  ada.expectNoTrouble(refusedCalls);
});

test('a session that ends keeps what was typed', async () => {
  const { page } = ada;
  await page.goto(`${site.url}/`);
  await beginNew(page);
  await nameIt(page, 'Typed before the end');
  const refuse = (route: Route) => route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{}' });
  await page.route('**/v1/organizations/**', refuse);
  await page.getByLabel('Name', { exact: true }).press('End');
  await page.getByLabel('Name', { exact: true }).pressSequentially('!');
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.waitFor();
  await ada.expectAccessible('a session that ended');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await dialog.getByRole('button', { name: 'Sign in again' }).click();
  await page.getByRole('heading', { name: 'Name and option' }).waitFor();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Typed before the end!');
  await page.getByRole('button', { name: 'Cancel' }).click();
  ada.expectNoTrouble(refusedCalls);
});

const answers: readonly (readonly [string, (route: Route) => Promise<void>, RegExp])[] = [
  ['500', (route) => route.fulfill({ status: 500, body: 'no problem at all' }), /answer cannot be read/],
  [
    '503',
    (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: '{"type":"urn:partner-cloud:problem:unavailable","title":"The service cannot do this now","detail":"Come again.","traceId":"trace-1"}',
      }),
    /The service cannot do this now/,
  ],
  [
    'malformed JSON',
    (route) => route.fulfill({ status: 200, contentType: 'application/json', body: '{"items": [' }),
    /cannot be (read|shown)/,
  ],
  [
    'another shape',
    (route) => route.fulfill({ status: 200, contentType: 'application/json', body: '{"items": 7}' }),
    /cannot be (read|shown)/,
  ],
  ['no answer', (route) => route.abort('connectionrefused'), /cannot be reached/],
];

test.each(answers)('%s in place of an answer is told on a page that helps', async (_, answer, words) => {
  const { page } = ada;
  for (const path of ['/', '/providers/3092de38-07c2-53d5-9a6d-52763aacaf35']) {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.route(/\/v1\/(organizations|providers)\//, answer);
    await page.goto(site.url + path);
    await page.getByText(words).first().waitFor();
    expect(await page.getByRole('button', { name: /Try again|Reload the page/ }).count()).toBeGreaterThan(0);
  }
});

test('what is not there is said so, and a slow answer is waited for', async () => {
  const { page } = ada;
  await page.goto(`${site.url}/providers/3092de38-07c2-53d5-9a6d-52763aacaf35`);
  await page.getByRole('heading', { name: 'There is no such provider' }).waitFor();
  const waiting = Promise.withResolvers<void>();
  await page.route('**/v1/organizations/**', async (route) => {
    await waiting.promise;
    await route.continue();
  });
  await page.goto(`${site.url}/`);
  await page.getByText('Loading the providers').waitFor();
  await ada.expectAccessible('waiting');
  waiting.resolve();
  await page.getByRole('link', { name: 'Halting' }).waitFor();
});
