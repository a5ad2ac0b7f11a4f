/** Holds an answer back until the test has looked, so that nothing is raced with: first it is late, then a fault, then as the service gives it. */
import type { Page, Request, Route } from 'playwright-core';
import type { AskedFor } from './asked-for.js';

export type Answer = (route: Route) => Promise<void>;

const refused = (status: number, contentType: string, body: string) => (route: Route) =>
  route.fulfill({ status, contentType, body, headers: { 'access-control-allow-origin': '*' } });

export const otherShape = 'another shape';
export const usual: Answer = refused(500, 'text/plain', 'no problem document at all');
export const further: readonly (readonly [kind: string, answer: Answer])[] = [
  ['404', refused(404, 'text/html', '<h1>Not found</h1>')],
  ['malformed JSON', refused(200, 'application/json', '{"items": [')],
  [otherShape, refused(200, 'application/json', '{"unexpected": true}')],
];

export interface Gate {
  /** Resolves once the page has asked. */
  readonly asked: Promise<unknown>;
  /** Lets what was held go on, as a fault. */
  fail(): void;
  /** From now on everything is answered as the service does, also what is still held. */
  mend(): void;
  /** Resolves once a fault was answered with. */
  readonly failed: Promise<void>;
}

/** Stands between the page and one of the answers that it asks for. */
export async function openGate(page: Page, { path, method }: AskedFor, fault: Answer): Promise<Gate> {
  const [held, failed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let mended = false;
  const isIt = (request: Request): boolean =>
    path.test(request.url()) && (method === undefined || request.method() === method);
  await page.route(
    (url) => path.test(url.href),
    async (route) => {
      if (!isIt(route.request())) return route.fallback();
      await held.promise;
      if (mended) return route.continue();
      await fault(route).then(failed.resolve, failed.reject);
    },
  );
  return {
    asked: page.waitForRequest(isIt),
    fail: held.resolve,
    mend() {
      mended = true;
      held.resolve();
    },
    failed: failed.promise,
  };
}
