/** `payer-load`: who holds a slot, an account or the place for one at which payer, and whose turn was how long ago. */
import { idIn } from '../../application/streams/aggregates.js';
import type { RecordedEvent } from '../../application/streams/event-store.js';
import type { ProviderEvent } from '../../domain/provider/events.js';
import type { Projection } from '../engine/projection.js';

type Holds = 'nothing' | 'slot' | 'place' | 'account';

/** Accounts are many and stay, so they are counted here; slots and places are few and are counted when asked for. */
export const payerLoad: Projection = {
  name: 'payer-load-2',
  tables: ['payer_load_2', 'payer_load_2_accounts', 'payer_load_2_turns'],
  schema: `
    CREATE TABLE IF NOT EXISTS payer_load_2 (
      place INTEGER PRIMARY KEY, provider_id TEXT NOT NULL UNIQUE, organization TEXT NOT NULL, payer_id TEXT, holds TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS payer_load_2_held ON payer_load_2 (holds, organization, payer_id)
      WHERE holds IN ('slot', 'place');
    CREATE TABLE IF NOT EXISTS payer_load_2_accounts (
      payer_id TEXT PRIMARY KEY, accounts INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS payer_load_2_turns (turn INTEGER PRIMARY KEY, organization TEXT NOT NULL UNIQUE);`,
  open(db) {
    const insert = db.prepare("INSERT INTO payer_load_2 (provider_id, organization, holds) VALUES (?, ?, 'nothing')");
    const update = db.prepare(
      "UPDATE payer_load_2 SET payer_id = COALESCE(?, payer_id), holds = ? WHERE provider_id = ? AND holds <> 'account'",
    );
    const count = db.prepare(
      'INSERT INTO payer_load_2_accounts VALUES (?, 1) ON CONFLICT DO UPDATE SET accounts = accounts + 1',
    );
    // A row that takes the place of another gets a number above all others: the latest turn.
    const turn = db.prepare(
      'REPLACE INTO payer_load_2_turns (organization) SELECT organization FROM payer_load_2 WHERE provider_id = ?',
    );
    return (events) => {
      for (const { stream, event } of events) {
        const id = idIn('provider', stream);
        if (id === undefined) continue;
        if (event.type === 'ProviderRequested') insert.run(id, event.organization);
        const holds = holding(event as ProviderEvent);
        if (!holds) continue;
        const { changes } = update.run('payerId' in event ? event.payerId : null, holds, id);
        if (event.type === 'AccountCreated' && changes > 0) count.run(event.payerId);
        if (event.type === 'PayerAssigned') turn.run(id);
      }
    };
  },
};

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
