/** A person's browser: what went wrong in it is noticed, whatever the test itself looks at. */
import { existsSync } from 'node:fs';
import { expect } from '@jest/globals';
import axe from 'axe-core';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type Seen, seen } from './scenario.js';
import type { Site } from './site.js';

const executables = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Ends a vain wait on a busy machine; nothing is measured by it. */
const patienceMs = 25_000;

/** Throws where there is no browser; the check installs Debian's. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = executables.find((path) => existsSync(path));
  if (!executablePath) throw new Error(`There is no browser at ${executables.join(', ')}; install chromium.`);
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Goes to a page of the console and waits for its heading. */
  visit(path: string, heading: string | RegExp): Promise<void>;
  /** Fails where axe finds anything on the page, or on another of theirs, as it is now. */
  expectAccessible(state: string, on?: Page): Promise<void>;
  /** Fails where the console said an error, the policy was violated or another host was asked; `expected` are errors that belong to the test. */
  expectNoTrouble(expected?: RegExp): void;
  close(): Promise<void>;
}

/** Names of demo people on the issuer's page. */
export type Who = 'administrator' | 'member' | 'auditor' | 'operator' | 'outsider';

/** Everything that was not as it should be, as the browser tells it. */
function watch(context: BrowserContext, hosts: ReadonlySet<string>) {
  const trouble: string[] = [];
  context.on('weberror', (error) => trouble.push(`error: ${error.error().stack}`));
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) trouble.push(`console: ${message.text()}`);
  });
  context.on('request', (request) => {
    const { host, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && !hosts.has(host)) trouble.push(`request to ${host}`);
  });
  return trouble;
}

/** Tooltips are drawn outside of every landmark by the component library, which hides them from screen readers. */
const look = `${axe.source};axe.run({ exclude: [['[role=tooltip]']] }, { resultTypes: ['violations'] }).then((found) =>
  JSON.stringify(found.violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 200))])))`;

/** Through the debugging protocol: the policy under test would refuse a script that the page itself is given. */
async function violationsOn(page: Page): Promise<unknown> {
  const devtools = await page.context().newCDPSession(page);
  const run = { expression: look, awaitPromise: true, returnByValue: true };
  const { result } = await devtools.send('Runtime.evaluate', run);
  await devtools.detach();
  return JSON.parse(String(result.value));
}

const tellViolations = `document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error('policy violated: ' + violatedDirective + ' ' + blockedURI));`;

/** Somebody with a browser of their own. */
export async function openPerson(browser: Browser, site: Site, options: BrowserContextOptions = {}): Promise<Person> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(patienceMs);
  const hosts = new Set([site.url, site.issuer, site.aws].map((url) => new URL(url).host));
  const trouble = watch(context, hosts);
  const shown: Seen = { pages: () => context.pages(), trouble };
  seen.add(shown);
  await context.addInitScript({ content: tellViolations });
  const page = await context.newPage();
  return {
    page,
    context,
    async visit(path, heading) {
      await page.goto(site.url + path);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    },
    async expectAccessible(state, on = page) {
      expect([state, await violationsOn(on)]).toEqual([state, []]);
    },
    expectNoTrouble: (expected) => expect(trouble.filter((line) => !expected?.test(line))).toEqual([]),
    close: () => context.close(),
  };
}

/** Opens the console and chooses who to be, which is one click. */
export async function signIn({ page }: Person, site: Site, who: Who, path = '/'): Promise<void> {
  await page.goto(site.url + path);
  await page.getByRole('button', { name: new RegExp(`, ${who} at`) }).click();
  await page.waitForURL((url) => url.origin === site.url && url.pathname === path);
}
