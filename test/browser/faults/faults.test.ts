/** `npm run test:browser:faults`: each answer that a page asks for comes as a fault, late, or not as agreed; the page says so and shows a way on. */
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page, Route } from 'playwright-core';
import { openBrowser, openPerson, type Person, signIn, type Who } from '../support/browser.js';
import { refusedCalls, scenario, shownOn } from '../support/scenario.js';
import { openSite, request, type Site, vend } from '../support/site.js';
import { type AskedFor, type PageOfConsole, type Providers, pages } from './asked-for.js';

let site: Site;
let browser: Browser;
let providers: Providers;
const people = new Map<Who, Person>();
const who: readonly Who[] = ['administrator', 'auditor', 'operator'];

async function makeProviders(): Promise<Providers> {
  const failures = ['111122223333', '444455556666'].map((payer) => ({ payer, reason: 'INVALID_EMAIL', times: 1 }));
  const ready = await vend(site, 'Handed over');
  await site.control('PUT', 'creation-failures', failures);
  const [requested, halted] = await Promise.all([request(site, 'Terms to accept'), vend(site, 'Halting', 'halted')]);
  await site.control('PUT', 'creation-failures', []);
  return { ready, requested, halted };
}

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
  providers = await makeProviders();
  for (const each of who) {
    const person = await openPerson(browser, site);
    await signIn(person, site, each);
    await person.page.goto('about:blank');
    people.set(each, person);
  }
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const refused = (status: number, contentType: string, body: string) => (route: Route) =>
  route.fulfill({ status, contentType, body, headers: { 'access-control-allow-origin': '*' } });

/** The most usual fault and late answers are tried; all of them, and axe, with `FAULTS=all`. */
const inFull = process.env.FAULTS === 'all';
const usual = '500';

const everyFault: readonly (readonly [kind: string, answer: (route: Route) => Promise<void>])[] = [
  [usual, refused(500, 'text/plain', 'no problem document at all')],
  ['404', refused(404, 'text/html', '<h1>Not found</h1>')],
  ['malformed JSON', refused(200, 'application/json', '{"items": [')],
  ['another shape', refused(200, 'application/json', '{"unexpected": true}')],
];

const faults = everyFault.filter(([kind]) => inFull || kind === usual);

const inWords = /cannot (be|start)|could not|There is no such/;
/** A way on: to try again, to go elsewhere, or to leave a dialog and press the same button again. */
const wayOn = /^(Try again|Reload the page|Go to the providers|Close|Cancel|Create the account)$/;
const nonsense = /undefined|\bNaN\b|\[object|Invalid Date|\bnull\b/;

/** A page of its own for one answer; who looks is signed in already, which takes no click. */
async function opened(of: PageOfConsole, { path, method, act }: AskedFor, answer: (route: Route) => Promise<void>) {
  const person = people.get(of.who) as Person;
  const page = await person.context.newPage();
  await page.route(
    (url) => path.test(url.href),
    (route) => (method === undefined || route.request().method() === method ? answer(route) : route.continue()),
  );
  await page.goto(site.url + of.address(providers));
  await act?.(page);
  return { person, page };
}

async function expectHelp(page: Page, { name, failed = inWords }: AskedFor): Promise<void> {
  await page.getByText(failed).filter({ visible: true }).first().waitFor();
  const text = await shownOn(page);
  expect([name, nonsense.exec(text)?.[0]]).toEqual([name, undefined]);
  if (failed !== inWords) return;
  const ways = page.getByRole('button', { name: wayOn }).or(page.getByRole('link', { name: wayOn }));
  expect([name, await ways.count()]).not.toEqual([name, 0]);
}

/** So many pages at once: they wait more than they compute. */
const atOnce = 6;

/** Looks at each answer of a page; whoever failed stays open, to be kept. */
async function each(of: PageOfConsole, look: (asked: AskedFor) => Promise<void>): Promise<void> {
  for (const { context, page } of people.values())
    for (const other of context.pages()) if (other !== page) await other.close();
  const left = [...of.answers];
  const failures: Error[] = [];
  const one = async (): Promise<void> => {
    for (let asked = left.shift(); asked !== undefined; asked = left.shift()) {
      const { name } = asked;
      await look(asked).catch((error: Error) => failures.push(new Error(`${of.name}, ${name}: ${error.message}`)));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  if (failures.length > 0) throw new Error(failures.map(({ message }) => message).join('\n\n'));
}

for (const of of pages) {
  for (const [kind, answer] of faults) {
    const look = async (asked: AskedFor): Promise<void> => {
      const { person, page } = await opened(of, asked, answer);
      await expectHelp(page, asked);
      if (inFull && kind === usual) await person.expectAccessible(`${of.name}, ${asked.name}: ${kind}`, page);
      await page.close();
    };
    scenario(`${of.name} helps where an answer is ${kind}`, () => each(of, look), refusedCalls);
  }

  const slow = async (asked: AskedFor): Promise<void> => {
    const { waiting = /Loading|Asking/, whole } = asked;
    const held = Promise.withResolvers<void>();
    const { page } = await opened(of, asked, async (route) => {
      await held.promise;
      await route.continue();
    });
    if (waiting) await page.getByText(waiting).filter({ visible: true }).first().waitFor();
    // Whoever is signed in on the way comes from page to page, so that it is looked at until it says something.
    await page.locator('body').filter({ hasText: /\S/ }).waitFor();
    held.resolve();
    await page.getByText(whole).filter({ visible: true }).first().waitFor();
    await page.close();
  };
  scenario(`${of.name} says that it waits for a slow answer, and shows it when it comes`, () => each(of, slow));
}
