/** `payer-load`: which provider holds a slot, an account or the place for one at which payer. */
import { idIn } from '../application/aggregates.js';
import type { RecordedEvent } from '../application/event-store.js';
import type { ProviderEvent } from '../domain/provider/events.js';
import type { Projection } from './projection.js';

type Holds = 'nothing' | 'slot' | 'place' | 'account';

export const payerLoad: Projection = {
  name: 'payer-load-1',
  tables: ['payer_load_1'],
  schema: `
    CREATE TABLE IF NOT EXISTS payer_load_1 (
      place INTEGER PRIMARY KEY, provider_id TEXT NOT NULL UNIQUE, organization TEXT NOT NULL, payer_id TEXT, holds TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS payer_load_1_held ON payer_load_1 (holds, payer_id, organization);`,
  open(db) {
    const insert = db.prepare("INSERT INTO payer_load_1 (provider_id, organization, holds) VALUES (?, ?, 'nothing')");
    const update = db.prepare(
      'UPDATE payer_load_1 SET payer_id = COALESCE(?, payer_id), holds = ? WHERE provider_id = ?',
    );
    return (events) => {
      for (const { stream, event } of events) {
        const id = idIn('provider', stream);
        if (id === undefined) continue;
        if (event.type === 'ProviderRequested') insert.run(id, event.organization);
        const holds = holding(event as ProviderEvent);
        if (holds) update.run('payerId' in event ? event.payerId : null, holds, id);
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
