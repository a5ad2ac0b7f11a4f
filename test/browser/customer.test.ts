/** What a customer's people do beside making an account: sign in and out, find a provider, get keys, and replace credentials that were claimed. */
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page, Route } from 'playwright-core';
import { settingsWith } from '../outside/support/settings.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { openBrowser, openPerson, type Person, signIn } from './support/browser.js';
import { claim } from './support/claim.js';
import { scenario } from './support/scenario.js';
import { openSite, request, type Site, vend } from './support/site.js';

let [site, browser] = [] as unknown as [Site, Browser];
let id: string;
const many = 23;

beforeAll(async () => {
  const settings = settingsWith(temporaryFolder(), [
    'accountsPerOrganizationPerDay: 20',
    'accountsPerOrganizationPerDay: 50',
  ]);
  [site, browser] = await Promise.all([openSite({ env: { PARTNER_CLOUD_CONFIG: settings } }), openBrowser()]);
  id = await vend(site, 'Handed over');
  for (let n = 1; n <= many; n++) await request(site, `Asked for ${String(n).padStart(2, '0')}`);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Signs in as an administrator, whose tokens are as `change` makes them; answers with the grants that were asked for. */
async function withTokens(ada: Person, path: string, change: (tokens: Record<string, unknown>) => void) {
  const grants: string[] = [];
  await ada.page.route('**/token', async (route: Route) => {
    grants.push(String(new URLSearchParams(route.request().postData() ?? '').get('grant_type')));
    const answer = await route.fetch();
    const tokens = await answer.json();
    change(tokens);
    await route.fulfill({ response: answer, json: tokens });
  });
  await signIn(ada, site, 'administrator', path);
  return grants;
}

async function as(look: (ada: Person, page: Page) => Promise<void>): Promise<void> {
  const ada = await openPerson(browser, site);
  await look(ada, ada.page);
  await ada.close();
}

scenario('a session is renewed by itself before it ends, each time with the next refresh token', () =>
  as(async (ada, page) => {
    // So short that each call renews it.
    const grants = await withTokens(ada, '/', (tokens) => Object.assign(tokens, { expires_in: 30 }));
    await page.getByRole('link', { name: 'Asked for 23' }).waitFor();
    await page.getByRole('link', { name: 'Webhooks' }).click();
    await page.getByText('No webhooks yet').waitFor();
    expect(grants[0]).toBe('authorization_code');
    expect(grants.filter((grant) => grant === 'refresh_token').length).toBeGreaterThan(1);
    expect(await page.getByText('Your session').count()).toBe(0);
    expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toMatch(
      /ey[\w-]+\./,
    );
  }),
);

scenario('a session that cannot be renewed warns two minutes before its end, and goes on where one is', () =>
  as(async (ada, page) => {
    await withTokens(ada, '/new', (tokens) => {
      tokens.expires_in = 100;
      delete tokens.refresh_token;
    });
    await page.getByLabel('Name', { exact: true }).fill('Typed before the end');
    await page.getByText('Your session ends in less than two minutes').waitFor();
    await ada.expectAccessible('a session that ends soon');
    await page.unroute('**/token');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByText('Your session ends in less than two minutes').waitFor({ state: 'hidden' });
    await page.getByRole('heading', { name: 'Name and option' }).waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Typed before the end');
  }),
);

scenario('who signs out is told so, and has to sign in anew', () =>
  as(async (ada, page) => {
    await signIn(ada, site, 'administrator', '/webhooks/new');
    await page.getByLabel('Address').fill('https://typed.example');
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage })')).toContain('typed.example');
    await page.getByRole('button', { name: 'Ada Administrator' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out').waitFor();
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage })')).not.toContain('typed.example');
    await ada.expectAccessible('signed out');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByText('Who do you want to be?').waitFor();
  }),
);

scenario('the list is searched, narrowed, sorted and paged by the service, and its address says so', () =>
  as(async (ada, page) => {
    await signIn(ada, site, 'administrator');
    const rows = page.getByRole('link', { name: /^(Asked for|Handed over)/ });
    await page.getByRole('link', { name: 'Asked for 23' }).waitFor();
    expect(await rows.count()).toBe(20);
    await page.getByRole('button', { name: 'Next page' }).first().click();
    await page.getByRole('link', { name: 'Handed over' }).waitFor();
    expect(await rows.count()).toBe(many + 1 - 20);
    await page.getByRole('button', { name: 'Name', exact: true }).press('Enter');
    await page.waitForURL((url) => url.searchParams.get('sort') === 'name');
    await page.getByRole('link', { name: 'Asked for 19' }).waitFor();
    expect(await rows.first().textContent()).toBe('Asked for 01');
    await page.getByRole('button', { name: /^Stage.*Any stage/ }).click();
    await page.getByRole('option', { name: 'Ready', exact: true }).click();
    await page.getByRole('link', { name: 'Asked for 01' }).waitFor({ state: 'hidden' });
    await page.getByLabel(/Find providers/).fill('asked');
    await page.getByText('No provider fits').waitFor();
    await ada.expectAccessible('a list that nothing fits');
    await page.reload();
    await page.getByText('No provider fits').waitFor();
    expect(await page.getByLabel(/Find providers/).inputValue()).toBe('asked');
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByRole('link', { name: 'Asked for 23' }).waitFor();
  }),
);

scenario('short-lived keys come in the three forms that AWS’s tools take', () =>
  as(async (ada, page) => {
    await signIn(ada, site, 'administrator', `/providers/${id}`);
    await page.getByRole('button', { name: 'Command line' }).click();
    await page.getByRole('menuitem', { name: /As administrator/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Keys for the command line' });
    await dialog.getByText(/export AWS_SESSION_TOKEN=/).waitFor();
    await ada.expectAccessible('keys');
    await dialog.getByRole('tab', { name: 'Profile' }).click();
    await dialog.getByText(/aws_session_token/).waitFor();
    await dialog.getByRole('tab', { name: 'credential_process' }).click();
    await dialog.getByText(/"SessionToken"/).waitFor();
    for (const name of ['Analytics', 'Monitoring', 'Support'])
      expect(await page.locator('nav').getByText(name).count()).toBe(1);
  }),
);

scenario('credentials that were claimed are told as such, with who saw them, and replaced', () =>
  as(async (ada, page) => {
    await claim(site, id);
    await signIn(ada, site, 'administrator', `/providers/${id}`);
    await page.getByText('Claimed', { exact: true }).waitFor();
    await page
      .getByText(/by you/)
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: 'Show credentials' }).count()).toBe(0);
    await ada.expectAccessible('claimed credentials');
    await page.getByRole('button', { name: 'Reissue' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reissue' }).click();
    await page.getByRole('button', { name: 'Show credentials' }).waitFor();
    await page.getByText('Nobody has seen them yet.').waitFor();
  }),
);
