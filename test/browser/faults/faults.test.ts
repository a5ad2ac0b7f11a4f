/** `npm run test:browser:faults`: each answer that a page asks for comes late, then as a fault, and then as it should; the page says so each time, and shows a way on that works. */
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { settingsWith } from '../../outside/support/settings.js';
import type { Receiver } from '../../support/receiver.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { openBrowser, openPerson, type Person, signIn, type Who } from '../support/browser.js';
import { refusedCalls, scenario, shownOn } from '../support/scenario.js';
import { openSite, type Site } from '../support/site.js';
import { type AskedFor, type Ground, type PageOfConsole, tryAgain } from './support/asked-for.js';
import { customerPages } from './support/customer-pages.js';
import { type Answer, further, type Gate, openGate, otherShape, usual } from './support/gate.js';
import { makeGround } from './support/ground.js';
import { staffPages } from './support/staff-pages.js';
import { webhookPages } from './support/webhook-pages.js';

let [site, browser, ground, receiver] = [] as unknown as [Site, Browser, Ground, Receiver];
const people = new Map<Who, Person>();
const who: readonly Who[] = ['administrator', 'auditor', 'operator'];
const pages: readonly PageOfConsole[] = [...customerPages, ...webhookPages, ...staffPages];

beforeAll(async () => {
  const settings = settingsWith(temporaryFolder(), [
    /# webhooks:\n# {3}privateNetworks: .*/,
    'webhooks:\n  privateNetworks: [127.0.0.0/8]',
  ]);
  [site, browser] = await Promise.all([openSite({ env: { PARTNER_CLOUD_CONFIG: settings } }), openBrowser()]);
  ({ ground, receiver } = await makeGround(site));
  for (const each of who) {
    const person = await openPerson(browser, site);
    await signIn(person, site, each);
    await person.page.goto('about:blank');
    people.set(each, person);
  }
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([site?.close(), receiver?.close()]);
});

/** The most usual fault is tried; all of them, and axe, with `FAULTS=all`. */
const inFull = process.env.FAULTS === 'all';

const inWords = /answer cannot be read|cannot be (shown|reached)|cannot start|could not be|There is no such/;
/** A way on: to try again, to go elsewhere, or to leave a dialog or a notice and press the same button again. */
const wayOn = /^(Try again|Reload the page|Go to the (providers|webhooks)|Close|Cancel|Dismiss|Create the account)$/;
const nonsense = /undefined|\bNaN\b|\[object|Invalid Date|\bnull\b/;

interface Look {
  readonly of: PageOfConsole;
  readonly asked: AskedFor;
  readonly person: Person;
  readonly page: Page;
  readonly gate: Gate;
}

const shown = (page: Page, words: RegExp) => page.getByText(words).filter({ visible: true }).first();

/** A page of its own for one answer, which is held; who looks is signed in already, which takes no click. */
async function opened(of: PageOfConsole, asked: AskedFor, fault: Answer): Promise<Look> {
  const person = people.get(of.who) as Person;
  const page = await person.context.newPage();
  const gate = await openGate(page, asked, fault);
  await page.goto(site.url + of.address(ground));
  await asked.act?.(page, ground);
  await gate.asked;
  return { of, asked, person, page, gate };
}

async function expectWaiting({ asked: { waiting = /Loading|Asking/ }, page }: Look): Promise<void> {
  if (waiting) await shown(page, waiting).waitFor();
}

async function expectHelp({ asked: { failed = inWords }, page, gate }: Look): Promise<void> {
  await gate.failed;
  if (failed) await shown(page, failed).waitFor();
  expect(nonsense.exec(await shownOn(page))?.[0]).toBeUndefined();
  if (failed !== inWords) return;
  const ways = page.getByRole('button', { name: wayOn }).or(page.getByRole('link', { name: wayOn }));
  expect(await ways.count()).not.toBe(0);
}

/** The page is whole, and nothing is left of what it said before. */
async function expectWhole({ asked: { failed = inWords, whole }, page }: Look): Promise<void> {
  await shown(page, whole).waitFor();
  if (failed) await shown(page, failed).waitFor({ state: 'hidden' });
}

/** Late, then a fault, then what a person does about it. */
async function lateThenFailedThenMended(look: Look): Promise<void> {
  const { of, asked, person, page, gate } = look;
  await expectWaiting(look);
  gate.fail();
  await expectHelp(look);
  if (inFull) await person.expectAccessible(`${of.name}, ${asked.name}`, page);
  gate.mend();
  const { again = tryAgain } = asked;
  await again?.(page);
  await expectWhole(look);
}

async function failed(look: Look): Promise<void> {
  look.gate.fail();
  await expectHelp(look);
}

/** So many pages at once: they wait more than they compute. */
const atOnce = 6;

/** Looks at every answer; a page where something was wrong stays open, to be kept. */
async function everyAnswer(
  fault: Answer,
  goOn: (look: Look) => Promise<void>,
  isTried: (asked: AskedFor) => boolean = () => true,
): Promise<void> {
  const left = pages.flatMap((of) => of.answers.filter(isTried).map((asked) => ({ of, asked })));
  const wrong: string[] = [];
  const lookAt = async (of: PageOfConsole, asked: AskedFor): Promise<void> => {
    const look = await opened(of, asked, fault);
    const tabs: Page[] = [];
    look.page.on('popup', (tab) => tabs.push(tab));
    await goOn(look);
    await Promise.all([look.page, ...tabs].map((tab) => tab.close()));
  };
  const one = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const { of, asked } = next;
      const name = `${of.name}, ${asked.name}`;
      await lookAt(of, asked).catch((error: Error) => wrong.push(`${name}: ${error.message}`));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  if (wrong.length > 0) throw new Error(wrong.join('\n\n'));
}

// What these answer never reaches the service, so that nothing is changed before the last one.
for (const [kind, answer] of inFull ? further : [])
  scenario(
    `every page helps where an answer is ${kind}`,
    () => everyAnswer(answer, failed, ({ anyShape }) => kind !== otherShape || !anyShape),
    refusedCalls,
  );

scenario(
  'every page says that it waits for an answer, helps where it is a 500, and is whole once that is over',
  () => everyAnswer(usual, lateThenFailedThenMended),
  refusedCalls,
);
