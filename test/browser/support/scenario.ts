/** A test in which somebody looks at the console: nothing may go wrong in any browser meanwhile, and what was seen is kept where it fails. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';

/** What somebody's browser shows, and what went wrong in it. */
export interface Seen {
  pages(): readonly Page[];
  readonly trouble: string[];
}

/** Everybody whose browser was opened by this file; whoever left has no pages, and had trouble all the same. */
export const seen = new Set<Seen>();

/** The browser itself tells of each answer that is no success, and of each call that none came to. */
export const refusedCalls = /console: Failed to load resource|net::ERR/;

const patienceMs = 10_000;
let folder: string | undefined;

/** The text as it is drawn. */
const shownOn = (page: Page): Promise<string> => page.evaluate('document.body.innerText');

/** A picture and the text of every page, below a folder that is named. */
async function keep(name: string): Promise<void> {
  folder ??= mkdtempSync(join(tmpdir(), 'partner-cloud-browser-'));
  const file = name.replace(/[^\w-]+/g, '-').slice(0, 80);
  const people = [...seen].flatMap(({ pages, trouble }) => pages().map((page) => ({ page, trouble })));
  for (const [place, { page, trouble }] of people.entries()) {
    const path = join(folder, `${file}-${place + 1}`);
    await page.screenshot({ path: `${path}.png`, fullPage: true, timeout: patienceMs }).catch(() => undefined);
    const text = await shownOn(page).catch((error: Error) => error.message);
    writeFileSync(`${path}.txt`, [page.url(), ...trouble, text, ''].join('\n'));
  }
  process.stderr.write(`What was seen when “${name}” failed is kept in ${folder}\n`);
}

/**
 * A test at whose end no browser that was open in it may have told an error, a violation of the policy, or a request to
 * another host; `expected` are errors that belong to it.
 */
export function scenario(name: string, run: () => Promise<void>, expected?: RegExp): void {
  test(name, async () => {
    try {
      await run();
      for (const { trouble } of seen) expect(trouble.filter((line) => !expected?.test(line))).toEqual([]);
    } catch (error) {
      await keep(name);
      throw error;
    } finally {
      for (const { trouble } of seen) trouble.length = 0;
    }
  });
}
