/** What those see who make no accounts: the auditor, the operator, and the member of an organization. */
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, openPerson, type Person, signIn, type Who } from './support/browser.js';
import { refusedCalls, scenario } from './support/scenario.js';
import { openSite, type Site, vend } from './support/site.js';

let site: Site;
let browser: Browser;
let id: string;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
  id = await vend(site, 'Production');
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Signs in as somebody with a browser of their own, for as long as they look. */
async function as(who: Who, path: string, look: (person: Person) => Promise<void>): Promise<void> {
  const person = await openPerson(browser, site);
  await signIn(person, site, who, path);
  await look(person);
  await person.close();
}

scenario('an auditor moves through the time of a provider, and sends a moment to somebody', () =>
  as('auditor', `/providers/${id}/history`, async (aude) => {
    const { page } = aude;
    const slider = page.getByRole('slider', { name: 'Moment in the history' });
    await slider.focus();
    await slider.press('Home');
    await page.getByText(/After fact 1 of/).waitFor();
    await page.getByText('Terms to accept').waitFor();
    await aude.expectAccessible('as it was at first');
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByText('Waiting for a slot').waitFor();
    await page.getByRole('button', { name: 'Its steps then' }).click();
    await page.getByText('Create the AWS account').first().waitFor();
    const moment = new URL(page.url()).searchParams.get('at');
    expect(moment).toMatch(/:\d+$/);
    await page.reload();
    await page.getByText(/After fact 2 of/).waitFor();
    await page.getByText('Waiting for a slot').waitFor();
    await page.getByRole('button', { name: 'Now' }).click();
    await page.waitForURL((url) => url.search === '');
    await page.getByText('Has no credentials').waitFor();
    expect(await page.getByRole('button', { name: /^(Actions|Show credentials|Resume)$/ }).count()).toBe(0);
  }),
);

scenario(
  'an auditor verifies the log and takes the evidence of a provider along',
  () =>
    as('auditor', '/audit', async (aude) => {
      const { page } = aude;
      await page.getByRole('button', { name: 'Verify the whole log' }).click();
      await page.getByText(/The log is (as it was signed|consistent)/).waitFor();
      await page.getByLabel(/Find by the beginning/).fill('prod');
      const coming = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download the evidence of Production' }).click();
      expect((await coming).suggestedFilename()).toMatch(/^evidence-.*\.zip$/);
      await aude.expectAccessible('audit');
    }),
  // No head was signed so early, which the service says with 409.
  refusedCalls,
);

scenario('an operator sees what needs somebody, and pauses and opens a payer', () =>
  as('operator', '/operations', async (otis) => {
    const { page } = otis;
    await page.getByText('Nothing is halted.').waitFor();
    await page.getByText('Nobody waits.').waitFor();
    await page.getByRole('heading', { name: 'Halts by reason' }).waitFor();
    await page.getByRole('row', { name: /provider-status/ }).waitFor();
    await otis.expectAccessible('operations of a quiet service');
    const payer = page.getByRole('row', { name: /payer-1/ });
    await payer.getByRole('button', { name: /^Pause/ }).click();
    await payer.getByText('Paused', { exact: true }).waitFor();
    await otis.expectAccessible('a paused payer');
    await payer.getByRole('button', { name: /^Resume/ }).click();
    await payer.getByText('Open', { exact: true }).waitFor();
  }),
);

scenario('a member looks and enters, and is offered nothing that would be refused', () =>
  as('member', '/', async (mel) => {
    const { page } = mel;
    await page.getByRole('link', { name: 'Production' }).click();
    await page.getByRole('button', { name: 'AWS Console' }).waitFor();
    expect(await page.getByRole('button', { name: /^(Show credentials|New|Actions)$/ }).count()).toBe(0);
    await mel.expectAccessible('a provider, to a member');
    await page.getByRole('button', { name: 'AWS Console' }).click();
    expect(await page.getByRole('menuitem').allTextContents()).toEqual([expect.stringContaining('read-only')]);
    await page.goto(`${site.url}/new`);
    await page.getByText('Only an administrator of your organization can make accounts').waitFor();
    await mel.expectAccessible('New, to a member');
    for (const path of ['/operations', '/audit']) {
      await page.goto(site.url + path);
      await page.getByText('This page is for others').waitFor();
      await mel.expectAccessible(`${path}, to a member`);
    }
  }),
);
