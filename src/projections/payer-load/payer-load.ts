/** `payer-load`: who holds a slot, an account or the place for one at which payer, and whose turn was how long ago. */
import type { DatabaseSync } from 'node:sqlite';
import type { RecordedEvent } from '../../application/ports/event-store.js';
import { idIn } from '../../application/streams/aggregates.js';
import type { ProviderEvent } from '../../domain/provider/events.js';
import type { Compare, OpenProjection, Projection } from '../engine/projection.js';
import type { Version } from '../engine/read-model.js';
import { type LoadReads, loadReads } from './load-reads.js';
import { openTurns } from './turns.js';

type Holds = 'nothing' | 'slot' | 'place' | 'account';

/** Accounts are many and stay, so they are counted here; slots and places are few and are counted when asked for. */
const loads: Projection = {
  tables: ['payer_load', 'payer_load_accounts', 'payer_load_turns'],
  schema: `
    CREATE TABLE IF NOT EXISTS payer_load (
      place INTEGER PRIMARY KEY, provider_id TEXT NOT NULL UNIQUE, organization TEXT NOT NULL, payer_id TEXT, holds TEXT NOT NULL,
      turn TEXT
    );
    CREATE INDEX IF NOT EXISTS payer_load_held ON payer_load (holds, organization, payer_id)
      WHERE holds IN ('slot', 'place');
    CREATE TABLE IF NOT EXISTS payer_load_accounts (
      payer_id TEXT PRIMARY KEY, accounts INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS payer_load_turns (organization TEXT PRIMARY KEY, turn TEXT NOT NULL) WITHOUT ROWID;`,
  concerns: (stream) => idIn('provider', stream) !== undefined,
  changedBy: (event) => event.type === 'ProviderRequested' || holding(event) !== undefined,
  open,
};

function open(db: DatabaseSync, compare: Compare): OpenProjection {
  const insert = db.prepare("INSERT INTO payer_load (provider_id, organization, holds) VALUES (?, ?, 'nothing')");
  const update = db.prepare(
    "UPDATE payer_load SET payer_id = COALESCE(?, payer_id), holds = ? WHERE provider_id = ? AND holds <> 'account'",
  );
  const { count, uncount } = openAccounts(db);
  const turns = openTurns(db, compare);
  const remove = db.prepare('DELETE FROM payer_load WHERE provider_id = ?');
  return {
    fold(events) {
      for (const { stream, event, position } of events) {
        const id = idIn('provider', stream);
        if (id === undefined) continue;
        if (event.type === 'ProviderRequested') insert.run(id, event.organization);
        const holds = holding(event as ProviderEvent);
        if (!holds) continue;
        const { changes } = update.run('payerId' in event ? event.payerId : null, holds, id);
        if (event.type === 'AccountCreated' && changes > 0) count.run(event.payerId);
        if (event.type === 'PayerAssigned') turns.take(id, position);
      }
    },
    forget(stream) {
      const id = idIn('provider', stream) ?? '';
      const organization = turns.organizationOf(id);
      uncount(id);
      remove.run(id);
      if (organization !== undefined) turns.recall(organization);
    },
  };
}

function openAccounts(db: DatabaseSync) {
  const count = db.prepare(
    'INSERT INTO payer_load_accounts VALUES (?, 1) ON CONFLICT DO UPDATE SET accounts = accounts + 1',
  );
  const held = db.prepare("SELECT payer_id AS payerId FROM payer_load WHERE provider_id = ? AND holds = 'account'");
  const lessOne = db.prepare('UPDATE payer_load_accounts SET accounts = accounts - 1 WHERE payer_id = ?');
  const none = db.prepare('DELETE FROM payer_load_accounts WHERE payer_id = ? AND accounts = 0');
  return {
    count,
    uncount(providerId: string): void {
      const at = held.get(providerId) as { payerId: string } | undefined;
      if (!at) return;
      lessOne.run(at.payerId);
      none.run(at.payerId);
    },
  };
}

/** What a provider holds after an event; a creation that halts frees its slot, but its account may exist already. */
function holding(event: RecordedEvent['event']): Holds | undefined {
  switch (event.type) {
    case 'PayerAssigned':
      return 'slot';
    case 'PayerRefused':
      return 'nothing';
    case 'AccountCreated':
      return 'account';
    case 'ProvisioningHalted':
      return event.step === 'CreateAccount' ? 'place' : undefined;
    default:
      return undefined;
  }
}

export const payerLoad: Version<LoadReads> = {
  version: 3,
  cacheMiB: 16,
  kind: 'folded',
  projections: [loads],
  reads: loadReads,
};
