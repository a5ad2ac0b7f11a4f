/** What a worker is made of: the files it shares with the others, its own read models, and its way to AWS. */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
// Loaded before any run begins: the program loads it when it is first used, which takes time that no seed knows of.
import '@aws-sdk/client-ec2';
import type { Settings } from '../../src/application/dependencies.js';
import type { Ensures } from '../../src/application/ports/ensures.js';
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import type { Log } from '../../src/application/ports/log.js';
import type { Terms } from '../../src/application/ports/terms.js';
import { openAwsAccess } from '../../src/infrastructure/aws/calls/clients.js';
import type { AwsSettings } from '../../src/infrastructure/aws/calls/settings.js';
import { openSqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openSqliteVault } from '../../src/infrastructure/vault/sqlite-vault.js';
import { fedVersionsIn, openReadModelFiles } from '../../src/projections/read-model-table.js';
import type { Mortal } from './border.js';
import type { Disk } from './disk.js';
import type { LeaseLog } from './lease.js';
import { type NetworkParts, wireOf } from './network.js';
import type { Unreadable } from './unreadable.js';

export interface WorkerParts extends NetworkParts {
  readonly folder: string;
  readonly key: Uint8Array;
  readonly disk: Disk;
  readonly settings: Settings;
  readonly awsSettings: AwsSettings;
  readonly terms: Terms;
  readonly log: Log;
  /** What the program of the moment cannot read. */
  readonly unreadable: Unreadable;
  /** Whether no other worker acts beside this one. */
  readonly alone: boolean;
  /** Where the workers settle which of them acts; without it each of them does. */
  readonly leaseLog: LeaseLog | undefined;
  /** Whether the lease of a worker that is silent is taken over. */
  readonly takenOver: boolean;
  /** Hears that the log has grown, whether or not the worker will ever know. */
  readonly grown: (by: Mortal) => void;
  /** Hears of what this worker knows to have appended. */
  readonly appended: (by: Mortal, events: readonly RecordedEvent[]) => void;
  /** Resolves when somebody else has appended. */
  readonly news: (who: Mortal) => Promise<void>;
  /** What else becomes of the steps: watched, or wrong on purpose. */
  readonly adjust: (ensures: Ensures, who: Mortal) => Ensures;
}

/** Opens the files; throws when one cannot be opened. */
export function openFiles(on: WorkerParts, who: Mortal) {
  const { folder, key, disk } = on;
  const commit = (db: DatabaseSync): void => commitOf(on, who, db);
  const store = openSqliteEventStore({ file: join(folder, 'events.db'), commit });
  const vault = openSqliteVault({ file: join(folder, 'vault.db'), key, opened: (db) => disk.holds(db) });
  const readModels = openReadModelFiles(join(folder, `read-models-${who.name}`));
  for (const { db } of fedVersionsIn(readModels.models)) disk.holds(db);
  const aws = { ...on.awsSettings, requestHandler: wireOf(on, who) as AwsSettings['requestHandler'] };
  return { store, vault, readModels, access: openAwsAccess(aws), aws };
}

/** Ends a transaction, or seems not to. A worker that is dead commits nothing more. */
function commitOf({ disk, troubles, grown }: WorkerParts, who: Mortal, db: DatabaseSync): void {
  disk.holds(db);
  if (who.over) throw new Error('This worker is dead.');
  if (troubles.strike('commit failed', who.name)) throw new Error('disk I/O error');
  db.exec('COMMIT');
  grown(who);
  if (troubles.strike('commit lost', who.name)) throw new Error('disk I/O error after all was written');
}
