/** `provider-search`: what operators look providers up by, over all organizations, written only when one of these changes. */
import { idIn } from '../../application/streams/aggregates.js';
import type { Projection } from '../engine/projection.js';

/** A name as it is compared: without regard to case. */
export const comparable = (name: string): string => name.toLowerCase();

export const providerSearch: Projection = {
  name: 'provider-search-1',
  tables: ['provider_search_1'],
  schema: `
    CREATE TABLE IF NOT EXISTS provider_search_1 (
      place INTEGER PRIMARY KEY, provider_id TEXT NOT NULL UNIQUE, requested_at TEXT NOT NULL, name TEXT NOT NULL, account_id TEXT
    );
    CREATE INDEX IF NOT EXISTS provider_search_1_newest ON provider_search_1 (requested_at DESC, provider_id);
    CREATE INDEX IF NOT EXISTS provider_search_1_name ON provider_search_1 (name, provider_id);
    CREATE INDEX IF NOT EXISTS provider_search_1_account ON provider_search_1 (account_id) WHERE account_id IS NOT NULL;`,
  open(db) {
    const insert = db.prepare('INSERT INTO provider_search_1 (provider_id, requested_at, name) VALUES (?, ?, ?)');
    const rename = db.prepare('UPDATE provider_search_1 SET name = ? WHERE provider_id = ?');
    const gain = db.prepare('UPDATE provider_search_1 SET account_id = ? WHERE provider_id = ?');
    return (events) => {
      for (const { stream, event, metadata } of events) {
        const id = idIn('provider', stream);
        if (id === undefined) continue;
        if (event.type === 'ProviderRequested' || event.type === 'ProviderRefused')
          insert.run(id, metadata.recordedAt, comparable(event.name));
        else if (event.type === 'ProviderRenamed') rename.run(comparable(event.name), id);
        else if (event.type === 'AccountCreated') gain.run(event.accountId, id);
      }
    };
  },
};
