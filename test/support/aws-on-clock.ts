/** A simulated AWS in this process, on a clock of the test's own. */
import { openAwsAccess } from '../../src/infrastructure/aws/calls/clients.js';
import type { CreationFailure } from '../../src/simulator/control/creation-failures.js';
import type { FaultRequest } from '../../src/simulator/engine/faults.js';
import { instantLatencies } from '../../src/simulator/engine/latencies.js';
import { inProcess } from '../../src/simulator/engine/request-handler.js';
import { openSimulator } from '../../src/simulator/simulator.js';
import { settingsFor } from './aws.js';
import type { FakeClock } from './fake-clock.js';
import { guardedWorld } from './guarded-world.js';

/** Opens it with creations that take so many milliseconds; `calls` counts those that came and those that were answered. */
export function openAwsOnClock(clock: FakeClock, createAccountMs: number) {
  const simulator = openSimulator({
    world: guardedWorld,
    file: ':memory:',
    latencies: { ...instantLatencies, createAccountMs },
  });
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
  function control(method: string, path: string, asked?: unknown): void {
    const body = Buffer.from(asked === undefined ? '' : JSON.stringify(asked));
    const request = { method, path: `/_simulator/${path}`, query: {}, headers: {}, body };
    const { response } = simulator.handle(request, clock.now());
    if (response.status >= 300) throw new Error(response.body);
  }
  const settings = { ...settingsFor(''), now: clock.now, requestHandler: { ...handler, handle } };
  const access = openAwsAccess(settings);
  return {
    settings,
    access,
    calls: () => calls,
    failCreations: (failures: readonly CreationFailure[]): void => control('PUT', 'creation-failures', failures),
    strike: (fault: FaultRequest): void => control('POST', 'faults', fault),
    forgive: (): void => control('DELETE', 'faults'),
    close(): void {
      access.close();
      simulator.close();
    },
  };
}
