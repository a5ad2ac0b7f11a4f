/** The steps of a new customer, from signing in to AWS asking for a new password; every state is looked at on the way. */
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, openPerson, type Person, signIn } from './support/browser.js';
import { scenario } from './support/scenario.js';
import { openSite, type Site } from './support/site.js';
import { ask, beginNew, nameIt, next } from './support/wizard.js';

let site: Site;
let browser: Browser;
let ada: Person;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
  ada = await openPerson(browser, site);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

scenario(
  'an administrator who has never seen it makes an account, gets its credentials and comes to choose a password at AWS',
  async () => {
    const { page } = ada;
    await signIn(ada, site, 'administrator');
    await page.getByText('No providers yet').waitFor();
    await ada.expectAccessible('no providers');

    await beginNew(page);
    await next(page);
    await page.getByText('Give it a name.').waitFor();
    await nameIt(page, 'Production');
    await ada.expectAccessible('name and option');
    await next(page);
    await page.getByRole('heading', { level: 1, name: 'Terms and conditions' }).waitFor();
    await ada.expectAccessible('terms');
    await page.getByRole('checkbox', { name: /CenturyLink/ }).press('Space');
    await page.getByRole('region', { name: 'AWS’s terms' }).waitFor();
    // Whoever has a keyboard alone goes on in the other document.
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement === document.body')).toBe(false);
    await page.getByRole('checkbox', { name: 'I have read and accept AWS’s terms' }).press('Space');
    await next(page);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Terms and conditions' }).waitFor();
    await page.goForward();
    await page.getByText('Charges for AWS usage will appear on your invoices from CenturyLink.').waitFor();
    await page.getByRole('button', { name: 'The calls that this makes' }).click();
    await page.getByText(/curl -X POST/).waitFor();
    await ada.expectAccessible('review');
    await page.getByRole('button', { name: 'Create the account' }).click();

    await page.getByRole('heading', { level: 1, name: /Production/ }).waitFor();
    await ada.expectAccessible('a provider');
    await page.getByRole('button', { name: 'Show credentials' }).click();
    const dialog = page.getByRole('dialog', { name: 'Credentials' });
    await dialog.getByText('administrator').waitFor();
    await ada.expectAccessible('credentials');
    await expect(dialog.getByRole('img', { name: 'Hidden' }).count()).resolves.toBe(1);
    await dialog.getByRole('button', { name: 'Show password' }).click();
    const password = String(await dialog.locator('code').first().textContent());

    const opened = ada.context.waitForEvent('page');
    await dialog.getByRole('link', { name: /Open the login page/ }).click();
    const atAws = await opened;
    await atAws.getByLabel('IAM user name').fill('administrator');
    await atAws.getByLabel('Password', { exact: true }).fill(password);
    await atAws.getByRole('button', { name: 'Sign in' }).click();
    await atAws.getByText('You must change your password to continue.').waitFor();
    await atAws.close();
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await page
      .getByText(/by you/)
      .first()
      .waitFor();
  },
);

scenario('AWS Console signs straight in, with the role that was chosen', async () => {
  const { page } = ada;
  await page.getByRole('button', { name: 'AWS Console' }).click();
  const opened = ada.context.waitForEvent('page');
  await page.getByRole('menuitem', { name: /As read-only user/ }).click();
  const atAws = await opened;
  await atAws
    .getByText(/IntegrationReadOnlyRole/)
    .first()
    .waitFor();
  await atAws.close();
});

scenario('the history tells each fact, and the slider shows the provider as it was', async () => {
  const { page } = ada;
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByText('Requested as “Production”').first().waitFor();
  await ada.expectAccessible('history');
  await page.getByLabel('Find in the history').fill('CredentialsRevealed');
  await page.getByText(/\(1 of \d+\)/).waitFor();
  const slider = page.getByRole('slider', { name: 'Moment in the history' });
  await slider.focus();
  await slider.press('Home');
  await page.getByText('Terms to accept').first().waitFor();
  expect(new URL(page.url()).searchParams.get('at')).toMatch(/:\d+$/);
  await page.reload();
  await page.getByText(/After fact 1 of/).waitFor();
  await page.getByRole('tab', { name: 'Access and hardening' }).click();
  await page.getByText('CTLIntegrationAdminRole').waitFor();
  await ada.expectAccessible('access');
});

scenario('two tabs show the same, and the second name that is the same is warned of', async () => {
  const other = await ada.context.newPage();
  await other.goto(site.url);
  await other.getByRole('link', { name: 'Production' }).waitFor();
  await ada.page.goto(`${site.url}/`);
  const id = await ask(other, 'Production');
  await ada.page.locator(`a[href="/providers/${id}"]`).click();
  await ada.page.getByRole('button', { name: 'Actions' }).click();
  await ada.page.getByRole('menuitem', { name: 'Rename' }).click();
  await ada.page.getByRole('dialog').getByLabel('Name').fill('Renamed in one tab');
  await ada.expectAccessible('rename');
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await other.getByRole('heading', { level: 1, name: /Renamed in one tab/ }).waitFor();
  await ada.page.getByRole('link', { name: 'Providers' }).first().click();
  await beginNew(ada.page);
  await nameIt(ada.page, 'production');
  await ada.page.getByText(/Another provider of your organization has this name/).waitFor();
  await other.close();
});
