/** What is measured: the console with a long list, and beside it the empty page; and how it is told. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { fill, requested } from '../../../../bench/events.js';
import { providerIdOf } from '../../../../bench/requested-log.js';
import { openSqliteEventStore } from '../../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openBrowser, openPerson, signIn } from '../../support/browser.js';
import { openSite, type Site } from '../../support/site.js';
import { type EmptyPage, openEmptyPage } from './empty.js';

const firstAt = Date.parse('2026-01-01T00:00:00.000Z');

/** So many requests of one organization, of which none has anything to be done. */
async function fillList(data: string, providers: number): Promise<void> {
  const store = openSqliteEventStore({ file: join(data, 'events.db') });
  await fill(store, providers, (index) => ({
    stream: `provider-${providerIdOf(index)}`,
    event: requested('acme', `Account ${index}`),
    at: firstAt + index * 1_000,
  }));
  await store.close();
}

type Look<T> = (page: Page, url: string) => Promise<T>;

export interface Grounds {
  readonly empty: EmptyPage;
  /** An administrator at the console as if for the first time. */
  atConsole<T>(look: Look<T>): Promise<T>;
  /** Somebody at the empty page. */
  atEmpty<T>(look: Look<T>): Promise<T>;
  close(): Promise<void>;
}

async function by<T>(browser: Browser, site: Site, url: string, look: Look<T>): Promise<T> {
  const person = await openPerson(browser, site);
  if (url === site.url) await signIn(person, site, 'administrator');
  else await person.page.goto(url);
  const seen = await look(person.page, `${url}/`);
  await person.close();
  return seen;
}

export async function openGrounds(providers: number): Promise<Grounds> {
  const filled = { fill: (data: string) => fillList(data, providers) };
  const [site, browser, empty] = await Promise.all([openSite(filled), openBrowser(), openEmptyPage()]);
  // Each call to AWS takes as long as it does there about, so that a person sees the steps one by one.
  await site.control('PUT', 'latencies', { callMs: 80, createAccountMs: 1_000, servicesReadyMs: 1_000 });
  return {
    empty,
    atConsole: (look) => by(browser, site, site.url, look),
    atEmpty: (look) => by(browser, site, empty.url, look),
    async close() {
      await browser.close();
      await Promise.all([site.close(), empty.close()]);
    },
  };
}

/** A line: the console's figure, the empty page's, and the ratio of both. */
export function tell(name: string, unit: string, ours: number, theirs: number): void {
  const figure = (value: number): string => `${Math.round(value).toLocaleString('en')} ${unit}`.padStart(10);
  const ratio = theirs === 0 ? '' : `   ratio ${(ours / theirs).toFixed(2)}`;
  process.stdout.write(`${name.padEnd(38)}${figure(ours)}   empty page${figure(theirs)}${ratio}\n`);
}
