/** `npm run pictures`: the pictures of the console for the documents, of answers that are always the same; each page is looked at by axe too. */
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page, Route } from 'playwright-core';
import { openBrowser, openPerson, signIn } from '../support/browser.js';
import { openSite, type Site } from '../support/site.js';
import * as told from '../support/told.js';
import { furtherPictures, pictures } from './shown.js';
import * as hooks from './told-webhooks.js';

const folder = process.env.PICTURES ?? 'docs/images';
let site: Site;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const json = (body: unknown) => (route: Route) => route.fulfill({ json: body });
const stream = (facts: readonly { readonly position: string; readonly type: string }[]) => (route: Route) => {
  const isFirst = route.request().headers()['last-event-id'] === undefined;
  const body = facts
    .map((fact) => `id: ${fact.position}\nevent: ${fact.type}\ndata: ${JSON.stringify(fact)}\n\n`)
    .join('');
  return route.fulfill({ contentType: 'text/event-stream', body: isFirst ? body : ': still here\n\n' });
};

/** What the pages of a provider are answered with; everything else of the service is real. */
async function tell(page: Page, status: object, facts = told.facts): Promise<void> {
  const list = { items: told.list };
  await page.route(/\/v1\/providers(\?|$)/, json({ items: told.list.filter(({ stage }) => stage === 'halted') }));
  await page.route(/\/v1\/organizations\/acme\/providers(\?|$)/, json(list));
  await page.route(/\/v1\/organizations\/acme\/providers\?dryRun=true$/, json(told.forecast));
  await page.route(/\/v1\/changes/, stream([]));
  await page.route(/\/v1\/providers\/[^/]+\/hardening$/, json(told.hardening));
  await page.route(/\/v1\/providers\/[^/]+(\?|$)/, json(status));
  await page.route(/\/v1\/providers\/[^/]+\/changes/, stream(facts));
  await page.route(/\/credentials\/reveal$/, json(told.revealed));
  await page.route(/\/v1\/payers$/, json(told.payers));
  await page.route(/\/v1\/queue/, json(told.queue));
  await page.route(/\/v1\/projections/, json(told.projections));
  await page.route(/\/v1\/statistics/, json(told.statistics));
  await page.route(/\/v1\/exceptions(\?|$)/, json(told.exceptions));
  await page.route(/\/v1\/quarantine/, json({ items: [], unreadable: [] }));
  await page.route(/\/v1\/reconciliation/, json({}));
  await page.route(/\/v1\/webhooks(\?|$)/, json(hooks.webhooks));
  await page.route(/\/v1\/webhooks\/[^/]+$/, json(hooks.present));
  await page.route(/\/v1\/webhooks\/[^/]+\/deliveries/, json(hooks.deliveries));
  await page.route(/\/v1\/webhooks\/[^/]+\/rotate/, json({ ...hooks.present, secret: hooks.secret }));
  await page.route(/\/v1\/audit\/verify/, json(told.verification));
  await page.route(/\/v1\/audit\/head/, json(told.head));
  await page.clock.setFixedTime(new Date(told.now));
}

const wide = { viewport: { width: 1280, height: 900 } };
const looks: readonly (readonly [suffix: string, options: BrowserContextOptions])[] = [
  ['', wide],
  ['-dark', { ...wide, colorScheme: 'dark' }],
  ['-360', { viewport: { width: 360, height: 800 } }],
];
/** The documents show each page once; the other looks are for whoever changes the console. */
const [wanted, drawn] = process.env.PICTURES
  ? [looks, [...pictures, ...furtherPictures]]
  : [looks.slice(0, 1), pictures];
const all = wanted.flatMap(([suffix, options]) =>
  drawn.map((picture) => [picture.name + suffix, picture, options] as const),
);

test.each(all)(
  '%s',
  async (file, { who = 'administrator', path, status = told.making, take, ready, expected }, options) => {
    const person = await openPerson(browser, site, { timezoneId: 'UTC', locale: 'en-US', ...options });
    const { page } = person;
    await signIn(person, site, who);
    await tell(page, status);
    await page.goto(site.url + path);
    await take?.(person);
    await page.getByText(ready).first().waitFor();
    await page.evaluate('document.fonts.ready');
    await page.screenshot({ path: `${folder}/${file}.png` });
    await person.expectAccessible(file);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    person.expectNoTrouble(expected);
    await person.close();
  },
);
