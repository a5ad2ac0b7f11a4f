/** `npm run bench:browser`: how fast the console is there and answers, by the browser's own entries, beside a page of the same library with one heading and one button. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPerson, signIn } from '../support/browser.js';
import { openSite, type Site } from '../support/site.js';
import * as told from '../support/told.js';

let site: Site;
let browser: Browser;
const rounds = 5;
const mostBytes = 600_000;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const sorted = (values: readonly number[]): readonly number[] => [...values].sort((one, other) => one - other);
const quantile = (values: readonly number[], share: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

/** Milliseconds until the first contentful paint, and the bytes that came over the wire. */
async function firstLoad(page: Page, path: string, there: string): Promise<readonly [paintMs: number, bytes: number]> {
  await page.goto(site.url + path);
  await page.getByText(there).first().waitFor();
  const seen = `[performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    performance.getEntriesByType('resource').reduce((sum, { transferSize }) => sum + transferSize, 0)]`;
  return page.evaluate(seen);
}

/** What the browser says of each event that took longer than a frame, in milliseconds; what took less counts as a frame. */
async function latencies(page: Page, act: () => Promise<unknown>, times: number): Promise<readonly number[]> {
  await page.evaluate(`window.seen = [];
    new PerformanceObserver((list) => window.seen.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ type: 'event', durationThreshold: 16 });`);
  for (let time = 0; time < times; time++) await act();
  const seen: number[] = await page.evaluate('window.seen');
  return [...seen, ...Array.from({ length: Math.max(0, times - seen.length) }, () => 16)];
}

async function cold(path: string, there: string): Promise<readonly (readonly [number, number])[]> {
  const loads: (readonly [number, number])[] = [];
  for (let round = 0; round < rounds; round++) {
    const person = await openPerson(browser, site);
    if (path !== '/signed-out') await signIn(person, site, 'administrator');
    // Who is signed in has been here before; nothing of that visit is to help.
    const devtools = await person.context.newCDPSession(person.page);
    await devtools.send('Network.enable');
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
    loads.push(await firstLoad(person.page, path, there));
    await person.close();
  }
  return loads;
}

test('first load and interaction, each beside the page of one heading and one button', async () => {
  const [empty, list] = [await cold('/signed-out', 'You are signed out'), await cold('/', 'No providers yet')];
  const paint = (loads: typeof empty): number =>
    quantile(
      loads.map(([ms]) => ms),
      0.5,
    );
  const person = await openPerson(browser, site);
  await signIn(person, site, 'administrator');
  const many = {
    items: Array.from({ length: 20 }, (_, place) => ({
      ...told.ready,
      id: told.ids.production.replace(/..$/, String(10 + place)),
    })),
    next: 'more',
  };
  await person.page.route(/\/v1\/organizations\/acme\/providers(\?|$)/, (route) => route.fulfill({ json: many }));
  await person.page.goto(`${site.url}/`);
  await person.page.getByRole('link', { name: 'Production' }).first().waitFor();
  const filter = person.page.getByLabel('Find providers by the beginning of their name');
  const typing = await latencies(person.page, () => filter.pressSequentially('a'), 40);
  await person.page.goto(`${site.url}/signed-out`);
  const button = person.page.getByRole('link', { name: 'Sign in' });
  const pressing = await latencies(person.page, () => button.press('Shift'), 40);
  await person.close();
  const told95 = quantile(typing, 0.95);
  const empty95 = quantile(pressing, 0.95);
  const bytes = Math.max(...list.map(([, size]) => size));
  process.stdout.write(
    [
      `first contentful paint  providers ${paint(list).toFixed(0)} ms, empty page ${paint(empty).toFixed(0)} ms, ratio ${(paint(list) / paint(empty)).toFixed(2)}`,
      `typing into the filter  p95 ${told95} ms, a key on the empty page ${empty95} ms, ratio ${(told95 / empty95).toFixed(2)}`,
      `bytes of a first load   ${bytes} of at most ${mostBytes}`,
      '',
    ].join('\n'),
  );
  expect(bytes).toBeLessThan(mostBytes);
});
