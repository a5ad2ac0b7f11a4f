/** Reads of `provider-status`: one provider, and all of them by id. */
import type { DatabaseSync } from 'node:sqlite';
import type { ProviderRow, ReadModels } from '../../application/ports/read-models.js';
import type { StatusDocument } from './provider-status.js';

/** Prepares the reads. */
export function statusReads(db: DatabaseSync): Pick<ReadModels, 'provider' | 'providersAfter'> {
  const one = db.prepare('SELECT document FROM provider_status WHERE provider_id = ?');
  const after = db.prepare(
    'SELECT provider_id, document FROM provider_status WHERE provider_id > ? ORDER BY provider_id LIMIT ?',
  );
  return {
    provider(providerId) {
      const row = one.get(providerId) as { document: string } | undefined;
      return row && rowOf({ provider_id: providerId, ...row });
    },
    providersAfter: (afterId, limit) =>
      (after.all(afterId, limit) as { provider_id: string; document: string }[]).map(rowOf),
  };
}

const rowOf = ({ provider_id: providerId, document }: { provider_id: string; document: string }): ProviderRow => ({
  providerId,
  ...(JSON.parse(document) as StatusDocument),
});
