/** A simulated AWS in this process, on a clock of the test's own. */
import { openAwsAccess } from '../../src/infrastructure/aws/clients.js';
import type { CreationFailure } from '../../src/simulator/creation-failures.js';
import { instantLatencies } from '../../src/simulator/latencies.js';
import { inProcess } from '../../src/simulator/request-handler.js';
import { openSimulator } from '../../src/simulator/simulator.js';
import { settingsFor } from './aws.js';
import type { FakeClock } from './fake-clock.js';

/** Opens it with creations that take so many milliseconds; `calls` counts those that came and those that were answered. */
export function openAwsOnClock(clock: FakeClock, createAccountMs: number) {
  const simulator = openSimulator({ file: ':memory:', latencies: { ...instantLatencies, createAccountMs } });
  const handler = inProcess(simulator, clock.now, async () => undefined);
  let calls = 0;
  const handle: typeof handler.handle = async (request) => {
    calls += 1;
    try {
      return await handler.handle(request);
    } finally {
      calls += 1;
    }
  };
  const settings = { ...settingsFor(''), now: clock.now, requestHandler: { ...handler, handle } };
  const access = openAwsAccess(settings);
  return {
    settings,
    access,
    calls: () => calls,
    failCreations(failures: readonly CreationFailure[]): void {
      const body = Buffer.from(JSON.stringify(failures));
      const { response } = simulator.handle(
        { method: 'PUT', path: '/_simulator/creation-failures', query: {}, headers: {}, body },
        clock.now(),
      );
      if (response.status >= 300) throw new Error(response.body);
    },
    close(): void {
      access.close();
      simulator.close();
    },
  };
}
