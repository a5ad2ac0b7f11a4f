/** What operators look providers up by, over all organizations, written only when one of these changes. */
import { idIn } from '../../application/streams/aggregates.js';
import type { Projection } from '../engine/projection.js';

/** A name as it is compared, stored and asked for alike: without regard to case and to accents. */
export const comparable = (name: string): string =>
  name.normalize('NFD').replace(accents, '').normalize('NFC').toUpperCase().toLowerCase();

/** The marks over and under Latin, Greek and Cyrillic letters; those of other scripts are letters of their own there. */
const accents = /[\u0300-\u036f]/g;

export const providerSearch: Projection = {
  tables: ['provider_search'],
  schema: `
    CREATE TABLE IF NOT EXISTS provider_search (
      place INTEGER PRIMARY KEY, provider_id TEXT NOT NULL UNIQUE, requested_at TEXT NOT NULL, name TEXT NOT NULL, account_id TEXT
    );
    CREATE INDEX IF NOT EXISTS provider_search_newest ON provider_search (requested_at DESC, provider_id);
    CREATE INDEX IF NOT EXISTS provider_search_name ON provider_search (name, provider_id);
    CREATE INDEX IF NOT EXISTS provider_search_account ON provider_search (account_id) WHERE account_id IS NOT NULL;`,
  concerns: (stream) => idIn('provider', stream) !== undefined,
  open(db) {
    const insert = db.prepare('INSERT INTO provider_search (provider_id, requested_at, name) VALUES (?, ?, ?)');
    const rename = db.prepare('UPDATE provider_search SET name = ? WHERE provider_id = ?');
    const gain = db.prepare('UPDATE provider_search SET account_id = ? WHERE provider_id = ?');
    const remove = db.prepare('DELETE FROM provider_search WHERE provider_id = ?');
    return {
      fold(events) {
        for (const { stream, event, metadata } of events) {
          const id = idIn('provider', stream);
          if (id === undefined) continue;
          if (event.type === 'ProviderRequested' || event.type === 'ProviderRefused')
            insert.run(id, metadata.recordedAt, comparable(event.name));
          else if (event.type === 'ProviderRenamed') rename.run(comparable(event.name), id);
          else if (event.type === 'AccountCreated') gain.run(event.accountId, id);
        }
      },
      forget: (stream) => void remove.run(idIn('provider', stream) ?? ''),
    };
  },
};
