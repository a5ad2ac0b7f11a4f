/** Exceptions from the hardening of accounts, and dialogs whose text outlives a session that ends. */
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page, Route } from 'playwright-core';
import { openBrowser, openPerson, type Person, signIn } from './support/browser.js';
import { refusedCalls, scenario } from './support/scenario.js';
import { openSite, type Site, vend } from './support/site.js';

let [site, browser, otis] = [] as unknown as [Site, Browser, Person];
let id: string;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
  id = await vend(site, 'Production');
  otis = await openPerson(browser, site);
  await signIn(otis, site, 'operator', `/providers/${id}/access`);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const object = (name: string): string => `user/${name}/global`;
const until = new Date(Date.now() + 5 * 86_400_000).toISOString();

/** An operator grants it elsewhere. */
const except = (of: string, reason: string, owner = 'team-1'): Promise<unknown> =>
  site.call('operator', 'PUT', `/v1/providers/${id}/exceptions/${encodeURIComponent(of)}`, { owner, reason, until });

const grant = (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Grant an exception' });

async function fill(page: Page, of: string, why: string): Promise<void> {
  await page.getByRole('button', { name: 'Grant an exception' }).first().click();
  await page.getByRole('dialog').getByLabel('Object').fill(of);
  await page.getByRole('dialog').getByLabel('Why').fill(why);
}

/** Decides on what the page was shown, while somebody else grants one for the same object. */
async function decideTooLate(page: Page, of: string): Promise<void> {
  const former = await site.call<object>('operator', 'GET', `/v1/providers/${id}/hardening`);
  let isFormer = true;
  await page.route('**/hardening', (route) => (isFormer ? route.fulfill({ json: former }) : route.continue()));
  await page.reload();
  await fill(page, of, 'Ours.');
  await except(of, 'Somebody else’s.');
  const refused = page.waitForResponse((answer) => answer.status() === 412);
  await grant(page).click();
  await refused;
  isFormer = false;
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Somebody else changed this meanwhile').waitFor();
  await dialog.getByText(/Somebody else’s\./).waitFor();
  expect(await dialog.getByLabel('Why').inputValue()).toBe('Ours.');
  await otis.expectAccessible('an exception that was decided on too old a state');
  await grant(page).click();
  await page.getByText('The exception is granted.').first().waitFor();
  await page.getByRole('row', { name: new RegExp(`${of}.*Ours\\.`) }).waitFor();
  await page.unroute('**/hardening');
}

scenario(
  'an exception that somebody else granted meanwhile is shown before it is overwritten, the first one too',
  async () => {
    await otis.page.getByText('No object is excepted.').waitFor();
    await decideTooLate(otis.page, object('AIDAFIRST'));
    await decideTooLate(otis.page, object('AIDASECOND'));
  },
  refusedCalls,
);

const refuse = (route: Route) => route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{}' });

/** The session ends as something is sent; who signs in again is back where they were. */
async function endSession(page: Page, path: string, send: () => Promise<void>): Promise<void> {
  await page.route(path, refuse);
  await send();
  const ended = page.getByRole('dialog', { name: 'Your session has ended' });
  await ended.waitFor();
  await page.unroute(path, refuse);
  await ended.getByRole('button', { name: 'Sign in again' }).click();
}

scenario(
  'what was typed for an exception is there again after a session that ended, and gone once it is granted',
  async () => {
    const { page } = otis;
    await fill(page, object('AIDATYPED'), 'Typed before the end.');
    await endSession(page, '**/exceptions/**', () => grant(page).click());
    await page.getByRole('dialog').getByLabel('Why').waitFor();
    expect(await page.getByRole('dialog').getByLabel('Why').inputValue()).toBe('Typed before the end.');
    await grant(page).click();
    await page.getByRole('row', { name: /Typed before the end\./ }).waitFor();
    await page.reload();
    await page.getByRole('row', { name: /Typed before the end\./ }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  },
  refusedCalls,
);

scenario(
  'a new name is there again after a session that ended, and gone once nobody wants it',
  async () => {
    const ada = await openPerson(browser, site);
    const { page } = ada;
    await signIn(ada, site, 'administrator', `/providers/${id}`);
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rename' });
    await dialog.getByLabel('Name').fill('Typed before the end');
    await endSession(page, '**/rename', () => dialog.getByRole('button', { name: 'Rename' }).click());
    await dialog.getByLabel('Name').waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Typed before the end');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: /Production/ }).waitFor();
    expect(await dialog.count()).toBe(0);
    await ada.close();
  },
  refusedCalls,
);

scenario('an operator sees the exceptions of all accounts, the first to end first, and goes to one', async () => {
  await except(object('AIDAOTHERS'), 'A move.', 'another-team');
  await site.call('operator', 'DELETE', `/v1/providers/${id}/exceptions/${encodeURIComponent(object('AIDASECOND'))}`);
  const { page } = otis;
  await page.getByRole('link', { name: 'Exceptions', exact: true }).click();
  const rows = page.getByRole('row', { name: /user\// });
  await page.getByRole('row', { name: /Ends in.*AIDAOTHERS/ }).waitFor();
  expect(await rows.first().textContent()).toContain('A move.');
  await otis.expectAccessible('exceptions');
  await page.getByRole('button', { name: 'Answers for it' }).click();
  await page.waitForURL((url) => url.searchParams.get('sort') === 'owner');
  await page.getByRole('button', { name: /^State/ }).click();
  await page.getByRole('option', { name: 'Taken back' }).click();
  await page.getByRole('row', { name: /Taken back.*AIDASECOND/ }).waitFor();
  await page.getByRole('row', { name: /AIDAOTHERS/ }).waitFor({ state: 'hidden' });
  await page.reload();
  await page.getByRole('row', { name: /Taken back.*AIDASECOND/ }).waitFor();
  await page.getByRole('link', { name: 'Production' }).click();
  await page.getByRole('heading', { name: 'Exceptions' }).waitFor();
  await page.goBack();
  await page.getByRole('row', { name: /Taken back.*AIDASECOND/ }).waitFor();
  expect(await page.title()).toBe('Exceptions | Partner Cloud');
});
