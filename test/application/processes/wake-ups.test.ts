/** A long row of visits, none of which leaves the present turn of the event loop. */
import { expect, test } from '@jest/globals';
import { WakeUps } from '../../../src/application/processes/wake-ups.js';

test('a long row of visits leaves others their turn, and ends with a stop in its midst', async () => {
  const visited: string[] = [];
  const visits = new WakeUps(async (providerId) => void visited.push(providerId));
  for (let n = 0; n < 10_000; n++) visits.ring(`p${n}`);
  const stopping = new AbortController();
  const running = visits.run(stopping.signal);
  setImmediate(() => stopping.abort());
  await running;
  expect(visited.length).toBeGreaterThan(0);
  expect(visited.length).toBeLessThan(10_000);
});
