/** Requested providers, on record as the command records them, and remembered by the process that will hear the next command. */
import { organizations, providers } from '../src/application/streams/aggregates.js';
import { sagaCause } from '../src/application/streams/causes.js';
import type { Streams } from '../src/application/streams/streams.js';
import { facts, requested } from './events.js';
import { inFlight } from './in-flight.js';
import { providerIdOf } from './requested-log.js';

const atOnce = 500;

/** Requests the providers of acme from one number on. */
export async function requestProviders(streams: Streams, first: number, count: number): Promise<void> {
  const by = (id: string) => sagaCause(id, 'bench', 'requested');
  await streams.change(organizations, 'acme', by('acme'), ({ stage }) =>
    stage === 'unknown' ? [{ type: 'OrganizationRegistered', facts }] : [],
  );
  await inFlight(atOnce, count, (index) => {
    const id = providerIdOf(first + index);
    const own = { rootEmail: `aws+${first + index}@vend.example`, accountName: `ctl-${first + index}` };
    return streams.change(providers, id, by(id), () => [{ ...requested('acme'), ...own }]);
  });
}
