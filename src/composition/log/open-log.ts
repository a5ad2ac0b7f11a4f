/** The log, where the configuration says that it lies: looked at before it is believed, and remembered elsewhere from then on. */
import { join } from 'node:path';
import type { DeliveryPlaces } from '../../application/ports/delivery-places.js';
import type { EventStore } from '../../application/ports/event-store.js';
import type { Log } from '../../application/ports/log.js';
import type { Metrics } from '../../application/ports/metrics.js';
import type { SharedHeads } from '../../application/ports/signed-heads.js';
import type { Config } from '../../config/config.js';
import { addressOf } from '../../config/sections/event-store.js';
import { type FoundLog, holds, type KnownLog } from '../../domain/log.js';
import { openEventStoreDb } from '../../infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { leaseTimes } from '../../infrastructure/event-store/lease.js';
import { telling } from '../../infrastructure/event-store/sqlite/chain.js';
import { reachOfLog } from '../../infrastructure/event-store/sqlite/reach-of-log.js';
import { openSqliteEventStore } from '../../infrastructure/event-store/sqlite/sqlite-event-store.js';
import { meteredAppend } from '../../infrastructure/metrics/metered-store.js';
import { acceptLog, keepRemembering, lackingIn, type Places, requireWholeLog } from './remembered-log.js';
import { opening } from './unusable-file.js';

export interface LogOptions {
  readonly config: Config;
  /** Holds the secrets, such as the vault's key. */
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Who means to go on with a log that lacks what is known of it; the opaque id of a person. */
  readonly acceptLog?: string | undefined;
}

/** A store whose log has an id, and can say how far it reaches. */
type KnownStore = EventStore & { readonly logId: string; readonly heads?: SharedHeads; reach(): KnownLog };

/** A log as it lies there; `open` makes a store of it. */
interface LyingLog {
  /** What stands for it in messages: a file, or the address of a server. */
  readonly place: string;
  /** The file that it lies in, if it does. */
  readonly file: string | undefined;
  readonly found: FoundLog | undefined;
  /** The same, looked at now. */
  foundNow(): Promise<FoundLog | undefined>;
  readonly restore: string;
  open(): KnownStore;
  /** Whether this process may act; `undefined` where nobody else can. */
  lease(): Promise<{ mayAct(): boolean; close(): Promise<void> }> | undefined;
  /** Where it is kept how far deliveries have come; `undefined` where that is this process's own affair. */
  readonly cursors: DeliveryPlaces | undefined;
}

/** Opens the log once nothing is missing in it, or a person has accepted that; from then on its reach is remembered. */
export async function openLog(
  among: Omit<Places, 'file' | 'restore'>,
  stack: AsyncDisposableStack,
  options: LogOptions,
) {
  const { log, metrics, acceptLog: subject } = options;
  const flawed = (): void => metrics.count('partner_cloud_log_flaws_total', {});
  const lying = await (options.config.eventStore.url === ''
    ? inFile(options, flawed)
    : onServer(options, flawed, stack));
  const { file, restore } = lying;
  const places: Places = { ...among, file: lying.place, restore };
  const { found, lacking } = await lookedAt(lying, places);
  if (subject === undefined) requireWholeLog(found, lacking, places);
  const store = lying.open();
  stack.adopt(store, (s) => s.close());
  if (subject !== undefined) await acceptLog(store, found, lacking, { subject, now: Date.now() });
  stack.adopt(
    keepRemembering(() => store.reach(), places, log),
    (remembering) => remembering.stop(),
  );
  const accepted = subject !== undefined && lacking.length > 0;
  const lease = await lying.lease();
  if (lease) stack.adopt(lease, (held) => held.close());
  const acting = { shared: lease !== undefined, mayAct: () => lease?.mayAct() ?? true };
  const { cursors } = lying;
  return { store: { ...store, append: meteredAppend(store, metrics) }, accepted, file, acting, cursors };
}

/** Others may append and remember it while this process looks, so that what seems to be lacking is looked for once more. */
async function lookedAt({ found, foundNow }: LyingLog, places: Places) {
  const lacking = lackingIn(found, places);
  if (lacking.length === 0) return { found, lacking };
  const now = await foundNow();
  return { found: now, lacking: lacking.filter((known) => !holds(now, known)) };
}

const restoring = 'It is the log: put it back from a backup (docs/operations/backup.md), and keep what is there now.';

/** Nothing is made there before the log is believed. */
function inFile({ config }: LogOptions, flawed: () => void): LyingLog {
  const file = join(config.folders.data, 'events.db');
  const found = opening(file, restoring, () => reachOfLog(file));
  return {
    place: file,
    file,
    restore: 'Put the right events.db back',
    found,
    foundNow: async () => found,
    open: () => opening(file, restoring, () => openSqliteEventStore({ file, overChecks: telling(flawed) })),
    lease: () => undefined,
    cursors: undefined,
  };
}

/** A server must be connected before it can be asked; a new log holds nothing but its id then. */
async function onServer(
  { config, env, log }: LogOptions,
  flawed: () => void,
  stack: AsyncDisposableStack,
): Promise<LyingLog> {
  const { url, streamPrefix: prefix, leaseSeconds } = config.eventStore;
  const place = url.replace(/\?.*$/, '');
  log.info({ eventStore: place, prefix }, 'The event log lies on a server, which is waited for.');
  const store = await openEventStoreDb({ address: addressOf(config.eventStore, env), prefix, flawed });
  stack.adopt(store, (s) => s.close());
  const held = (holds: boolean): void =>
    log.info({ holds }, holds ? 'This process acts on the log now.' : 'Another process acts on the log, or may.');
  if (await store.keepsRenewals())
    log.warn(
      { stream: `${prefix}.lease` },
      'The server keeps every renewal of the lease. Set $maxCount of its stream to 1, as deploy/eventstoredb/rights.sh does.',
    );
  const restore = "Put the server's own backup back";
  return {
    place,
    file: undefined,
    restore,
    found: foundAt(store.reach()),
    foundNow: async () => foundAt(await store.reachNow()),
    open: () => store,
    lease: () => store.lease(held, leaseTimes(leaseSeconds)),
    cursors: store.cursors,
  };
}

/** Places on the server are remembered without hashes: whether an event is what was recorded is seen when it is read. */
const foundAt = (reach: KnownLog): FoundLog | undefined =>
  reach.events === 0 ? undefined : { ...reach, hashAt: () => undefined };
