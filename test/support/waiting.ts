/** Waiting in tests. A time-out says nothing, so whatever is still waited for when a test ends is told and given up. */
import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterEach } from '@jest/globals';

/** What is waited for at the moment, in words that say how far it came. */
const waits = new Map<AbortController, () => string>();
const lookEveryMs = 20;

afterEach(() => {
  const vain = [...waits];
  waits.clear();
  for (const [given] of vain) given.abort();
  if (vain.length > 0) throw new Error(vain.map(([, what]) => `Waited in vain for ${what()}`).join('\n'));
});

/** Waits for what comes; `givenUp` aborts when the test ends without it. */
export async function awaited<T>(what: () => string, coming: (givenUp: AbortSignal) => Promise<T>): Promise<T> {
  const giving = new AbortController();
  waits.set(giving, what);
  try {
    return await coming(giving.signal);
  } finally {
    waits.delete(giving);
  }
}

/** Asks until the answer is as wished. */
export function until<T>(ask: () => Promise<T>, wished: (answer: T) => boolean): Promise<T> {
  let answer: T | undefined;
  const what = (): string => `${wished}; the last answer was ${inspect(answer, { depth: 6 })}`;
  return awaited(what, async (givenUp) => {
    for (;;) {
      answer = await ask();
      if (wished(answer)) return answer;
      await pause(lookEveryMs, undefined, { signal: givenUp });
    }
  });
}
