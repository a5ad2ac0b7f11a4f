/** A long row of wake-ups, none of which leaves the present turn of the event loop. */
import { expect, test } from '@jest/globals';
import { WakeUps } from '../../../src/application/processes/wake-ups.js';

test('a long row of wake-ups leaves others their turn, and ends with a stop in its midst', async () => {
  const woken: string[] = [];
  const wakeUps = new WakeUps(async (providerId) => void woken.push(providerId));
  for (let n = 0; n < 10_000; n++) wakeUps.ask(`p${n}`);
  const stopping = new AbortController();
  const running = wakeUps.run(stopping.signal);
  setImmediate(() => stopping.abort());
  await running;
  expect(woken.length).toBeGreaterThan(0);
  expect(woken.length).toBeLessThan(10_000);
});
