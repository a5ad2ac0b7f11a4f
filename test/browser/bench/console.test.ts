/** `npm run bench:browser`: how fast the console is there and answers, by the browser's own entries, beside an empty page of the same library. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { built } from '../../support/built.js';
import { ask } from '../support/wizard.js';
import { type Grounds, openGrounds, tell } from './support/grounds.js';
import {
  evenness,
  gzipped,
  type Load,
  latencies,
  loadCold,
  median,
  quantile,
  stepsSeen,
  watchSteps,
} from './support/measure.js';

const [providers, rounds, keys, accounts] = [10_000, 7, 60, 5];
const mostBytes = 600_000;
const [lastName, someName] = ['Account 9999', 'Account 1234'];
const filter = 'Find providers by the beginning of their name';
let on: Grounds;

beforeAll(async () => {
  on = await openGrounds(providers);
});
afterAll(() => on?.close());

test('a first load, with nothing cached', async () => {
  const [ours, theirs]: [Load[], Load[]] = [[], []];
  // In turns, so that what else the machine does meets both.
  for (let round = 0; round < rounds; round++) {
    ours.push(await on.atConsole((page, url) => loadCold(page, url, lastName)));
    theirs.push(await on.atEmpty((page, url) => loadCold(page, url, 'Empty page')));
  }
  const both = (name: string, unit: string, of: (load: Load) => number): void =>
    tell(name, unit, median(ours.map(of)), median(theirs.map(of)));
  both('first contentful paint', 'ms', ({ firstPaintMs }) => firstPaintMs);
  both('largest contentful paint', 'ms', ({ largestPaintMs }) => largestPaintMs);
  both('transferred', 'B', ({ transferred }) => transferred);
  const packed = ours.map((load) => gzipped(built('console'), load));
  tell('gzipped', 'B', median(packed), median(theirs.map((load) => gzipped(on.empty.folder, load))));
  expect(Math.max(...packed)).toBeLessThan(mostBytes);
});

/** A name again and again, letter by letter. */
async function typing(page: Page, label: string): Promise<readonly number[]> {
  await page.getByLabel(label).focus();
  const press = (time: number) => page.keyboard.press(someName[time % someName.length] ?? 'a', { delay: 30 });
  return latencies(page, press, keys);
}

test('typing into the filter', async () => {
  const ours = await on.atConsole(async (page) => {
    await page.getByRole('link', { name: lastName }).waitFor();
    return typing(page, filter);
  });
  const theirs = await on.atEmpty((page) => typing(page, 'Field'));
  tell('a key in the filter, p95', 'ms', quantile(ours, 0.95), quantile(theirs, 0.95));
});

test('each step of an account, from the answer that tells it to its paint', async () => {
  const ours: number[] = [];
  await on.atConsole(async (page, url) => {
    for (let account = 0; account < accounts; account++) {
      const id = await ask(page, `Measured ${account}`);
      await watchSteps(page, `/v1/providers/${id}`);
      await page.getByRole('button', { name: 'Show credentials' }).waitFor({ timeout: 90_000 });
      ours.push(...(await stepsSeen(page)));
      await page.goto(url);
    }
  });
  const theirs = await on.atEmpty(async (page) => {
    await watchSteps(page, '/console-settings');
    for (let time = 1; time <= ours.length; time++) {
      await page.getByRole('button', { name: 'Ask' }).click();
      await page.getByText(`${time} of many steps are done`).waitFor();
    }
    return stepsSeen(page);
  });
  expect(ours.length).toBeGreaterThan(accounts);
  tell(`a step is drawn, p95 of ${ours.length}`, 'ms', quantile(ours, 0.95), quantile(theirs, 0.95));
});

/** A page down and up again, a notch of the wheel a frame. */
async function scroll(page: Page): Promise<void> {
  await page.mouse.move(600, 500);
  for (let notch = 0; notch < 60; notch++) {
    await page.mouse.wheel(0, notch % 20 < 10 ? 120 : -120);
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))');
  }
}

test('scrolling and filtering without a stall', async () => {
  const type = (page: Page, label: string) => page.getByLabel(label).pressSequentially(someName, { delay: 40 });
  const ours = await on.atConsole(async (page) => {
    await page.getByRole('link', { name: lastName }).waitFor();
    const scrolling = await evenness(page, () => scroll(page));
    const filtering = await evenness(page, async () => {
      await type(page, filter);
      await page.getByRole('link', { name: someName }).waitFor();
      await page.getByRole('link', { name: lastName }).waitFor({ state: 'detached' });
    });
    return { scrolling, filtering };
  });
  const theirs = await on.atEmpty(async (page) => ({
    scrolling: await evenness(page, () => scroll(page)),
    filtering: await evenness(page, () => type(page, 'Field')),
  }));
  for (const what of ['scrolling', 'filtering'] as const) {
    tell(`${what}: longest gap of frames`, 'ms', ours[what].longestGapMs, theirs[what].longestGapMs);
    tell(`${what}: longest task above 50 ms`, 'ms', ours[what].longestTaskMs, theirs[what].longestTaskMs);
  }
});
