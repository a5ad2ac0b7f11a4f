/** Whose each provider is, so that its exceptions are found by organization; learned before or after them, since a stream that was set aside is read later. */
import { idIn } from '../../application/streams/aggregates.js';
import type { Projection } from '../engine/projection.js';

/** The organization of each provider, and in the rows of its exceptions. */
export const exceptionOwners: Projection = {
  tables: ['exception_owners'],
  schema: `
    CREATE TABLE IF NOT EXISTS exception_owners (provider_id TEXT PRIMARY KEY, organization TEXT NOT NULL) WITHOUT ROWID;`,
  concerns: (stream) => idIn('provider', stream) !== undefined,
  changedBy: ({ type }) => type === 'ProviderRequested',
  open(db) {
    const insert = db.prepare('INSERT OR REPLACE INTO exception_owners VALUES (?, ?)');
    const remove = db.prepare('DELETE FROM exception_owners WHERE provider_id = ?');
    const own = db.prepare('UPDATE exceptions SET organization = ? WHERE provider_id = ?');
    return {
      fold(events) {
        for (const { stream, event } of events) {
          const id = idIn('provider', stream);
          if (id === undefined || event.type !== 'ProviderRequested') continue;
          insert.run(id, event.organization);
          own.run(event.organization, id);
        }
      },
      forget(stream) {
        const id = idIn('provider', stream) ?? '';
        remove.run(id);
        own.run(null, id);
      },
    };
  },
};
