/** What a browser says of itself, by its own performance entries. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/** The value that this share of them does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export interface Load {
  readonly firstPaintMs: number;
  readonly largestPaintMs: number;
  /** Bytes over the wire, headers included. */
  readonly transferred: number;
  /** What was loaded, by its path. */
  readonly paths: readonly string[];
}

/** Source: Paint Timing, Largest Contentful Paint and Resource Timing (W3C). */
const loadSeen = `(async () => {
  // Words may be there before they are painted, and the entry comes with the paint.
  const seen = (type, of) => new Promise((resolve) => {
    new PerformanceObserver((list) => list.getEntries().filter(of).slice(-1).map(({ startTime }) => resolve(startTime)))
      .observe({ type, buffered: true });
  });
  const first = seen('paint', ({ name }) => name === 'first-contentful-paint');
  const largest = seen('largest-contentful-paint', () => true);
  const [page] = performance.getEntriesByType('navigation');
  const parts = performance.getEntriesByType('resource');
  return {
    firstPaintMs: await first,
    largestPaintMs: await largest,
    transferred: parts.reduce((sum, { transferSize }) => sum + transferSize, page.transferSize),
    paths: parts.filter(({ name }) => name.startsWith(location.origin)).map(({ name }) => new URL(name).pathname),
  };
})()`;

/** Goes to a page with nothing cached, and reads its entries once the words are there. */
export async function loadCold(page: Page, url: string, there: string): Promise<Load> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.goto(url);
  await page.getByText(there).first().waitFor();
  const load = await page.evaluate<Load>(loadSeen);
  await devtools.detach();
  return load;
}

/** Bytes of the files that were loaded, packed with gzip; fonts are packed already, and answers of the API are no files. */
export function gzipped(folder: string, { paths }: Load): number {
  const sizes = ['/index.html', ...new Set(paths)].map((path) => {
    const file = join(folder, path);
    if (!existsSync(file)) return 0;
    return path.endsWith('.woff2') ? statSync(file).size : gzipSync(readFileSync(file)).length;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Milliseconds from each interaction to the paint after it. The browser does not tell of those that took less than 16 ms;
 * they count as 16. Source: Event Timing (W3C), `duration` and `interactionId`.
 */
export async function latencies(page: Page, act: (time: number) => Promise<unknown>, times: number) {
  await page.evaluate(`window.latest = new Map();
    new PerformanceObserver((list) => {
      for (const { interactionId: id, duration } of list.getEntries())
        if (id) window.latest.set(id, Math.max(duration, window.latest.get(id) ?? 0));
    }).observe({ type: 'event', durationThreshold: 16 });`);
  for (let time = 0; time < times; time++) await act(time);
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))');
  const seen = await page.evaluate<number[]>('[...window.latest.values()]');
  return [...seen, ...Array.from({ length: Math.max(0, times - seen.length) }, () => 16)];
}

export interface Evenness {
  /** The longest time from one frame to the next. */
  readonly longestGapMs: number;
  /** The longest task of more than 50 ms; 0 for none. Source: Long Tasks API (W3C). */
  readonly longestTaskMs: number;
}

/** How evenly frames come while something goes on. */
export async function evenness(page: Page, goOn: () => Promise<unknown>): Promise<Evenness> {
  await page.evaluate(`window.even = { longestGapMs: 0, longestTaskMs: 0, goesOn: true };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        window.even.longestTaskMs = Math.max(window.even.longestTaskMs, duration);
    }).observe({ type: 'longtask' });
    let last;
    const frame = (now) => {
      window.even.longestGapMs = Math.max(window.even.longestGapMs, now - (last ?? now));
      last = now;
      if (window.even.goesOn) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);`);
  await goOn();
  return page.evaluate<Evenness>('Object.assign(window.even, { goesOn: false })');
}

/** From now on notes, for each change of the words "… of … steps are done", how long it took from its answer to its paint. */
export const watchSteps = (page: Page, answers: string): Promise<unknown> =>
  page.evaluate(`window.steps = [];
    performance.setResourceTimingBufferSize(5_000);
    let words;
    const isAnswer = ({ name }) => new URL(name).pathname === ${JSON.stringify(answers)};
    new MutationObserver(() => {
      const now = /\\d+ of \\w+ steps are done/.exec(document.body.textContent)?.[0];
      if (now === undefined || now === words) return;
      const isFirst = words === undefined;
      words = now;
      const answer = performance.getEntriesByType('resource').filter(isAnswer).at(-1);
      if (isFirst || !answer) return;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.steps.push(performance.now() - answer.responseEnd);
        port2.postMessage(0);
      });
    }).observe(document.body, { subtree: true, childList: true, characterData: true });`);

export const stepsSeen = (page: Page): Promise<number[]> => page.evaluate<number[]>('window.steps');
