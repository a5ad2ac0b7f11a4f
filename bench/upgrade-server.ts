/** The process that serves while a new version of a read model fills: as the service does, with a former version behind the new one. */
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '../src/application/ports/event-store.js';
import { PresentDelays } from '../src/application/processes/present-delays.js';
import { startProvisioning } from '../src/application/provisioning/provisioning.js';
import { organizations, providers } from '../src/application/streams/aggregates.js';
import { sagaCause } from '../src/application/streams/causes.js';
import { startWhenFilled } from '../src/composition/sagas/start-when-filled.js';
import { fillInThread } from '../src/composition/storage/fill-in-thread.js';
import { openAwsAccess } from '../src/infrastructure/aws/calls/clients.js';
import { openEnsures } from '../src/infrastructure/aws/ensures.js';
import { readModelTable } from '../src/projections/read-model-table.js';
import { facts, requested } from './events.js';
import { openParts } from './parts.js';
import { serveParts } from './serve-parts.js';
import { aws } from './settings.js';

/** What the parent learns: where to read, then that the new version is served, then how long a provider waited for its slot. */
export type Told =
  | { readonly port: number; readonly token: string }
  | { readonly filled: true }
  | { readonly slotMs: number };

const [folder = '', isUpgrade = ''] = process.argv.slice(2);
const [current] = readModelTable['provider-status'];
const former = { ...current, version: current.version - 1 };
const fileOf = ({ version }: typeof current): string => join(folder, 'read-models', `provider-status-${version}.db`);
const tell = (told: Told): boolean => process.send?.(told) ?? false;

// What this program has filled becomes what the release before it has left.
if (isUpgrade === 'upgrade')
  for (const part of ['', '-wal', '-shm'])
    if (existsSync(`${fileOf(current)}${part}`)) renameSync(`${fileOf(current)}${part}`, `${fileOf(former)}${part}`);

let appended: (events: readonly RecordedEvent[]) => void = () => undefined;
const parts = await openParts(folder, {
  table: { ...readModelTable, 'provider-status': [current, former] },
  elsewhere: fillInThread(join(folder, 'events.db')),
  appended: (events) => appended(events),
});
const { store, readModels, streams, vault } = parts.dependencies;
const access = openAwsAccess({
  ...aws,
  requestHandler: unreachable(),
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
});
const ensures = openEnsures({ access, vault, settings: aws });
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const vending = startWhenFilled(readModels, store.head, () =>
  startProvisioning({
    ...{ ...parts.dependencies, ensures, log: quiet, from: store.head() },
    ...{ presentDelays: new PresentDelays(), mayAct: () => true, random: Math.random, atOnce: 32 },
  }),
);
const server = await serveParts(parts);
await vending.ready;
tell({ port: Number(new URL(server.url).port), token: await server.issuer.issue('auditor') });
tell({ slotMs: await untilSlot() });
const isUpgraded = (): boolean =>
  readModels
    .health()
    .filter(({ model }) => model === 'provider-status')
    .every(({ served }) => served);
while (isUpgrade === 'upgrade' && !isUpgraded()) await new Promise((resolve) => setTimeout(resolve, 20));
tell({ filled: true });

process.once('message', async () => {
  await vending.stop();
  await server.close();
  access.close();
  await parts.close();
  process.exit(0);
});
process.once('disconnect', () => process.exit(1));

/** Milliseconds from the acceptance of the terms to the slot of a provider that is asked for now. */
async function untilSlot(): Promise<number> {
  const id = crypto.randomUUID();
  const by = sagaCause(id, 'bench', id);
  const organization = `upgrading-${id}`;
  await streams.change(organizations, organization, by, () => [{ type: 'OrganizationRegistered', facts }]);
  const own = { rootEmail: `aws+${id}@vend.example`, accountName: `ctl-${id}` };
  await streams.change(providers, id, by, () => [{ ...requested(organization), ...own }]);
  const documents = parts.dependencies.terms.current('US').map(({ text, ...document }) => document);
  const given = new Promise<void>((resolve) => {
    appended = (events) => {
      vending.running()?.appended(events);
      if (events.some(({ stream, event }) => stream === `provider-${id}` && event.type === 'PayerAssigned')) resolve();
    };
  });
  const begun = performance.now();
  const accepted = { type: 'TermsAccepted', documents, organizationRevision: 0 } as const;
  await streams.change(providers, id, sagaCause(id, 'bench', 'accepted'), () => [accepted]);
  await given;
  return performance.now() - begun;
}

/** AWS that cannot be reached: who was given a slot keeps it. */
function unreachable() {
  return {
    async handle(): Promise<never> {
      throw new Error('No AWS is simulated in this benchmark.');
    },
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}
