/** Reads of `provider-status`: one provider, an organization's providers and all providers. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ListOf, ListPage, ProviderRow, ReadModels } from '../../application/ports/read-models.js';
import { cursorOf, placeIn } from '../engine/cursors.js';
import type { StatusDocument } from './provider-status.js';

/** Prepares the reads. */
export function statusReads(db: DatabaseSync): Pick<ReadModels, 'provider' | 'providersAfter' | 'providersOf'> {
  const one = db.prepare('SELECT document FROM provider_status WHERE provider_id = ?');
  const pageOf = (narrowed: string): StatementSync =>
    db.prepare(`
    SELECT provider_id, requested_at, document FROM provider_status
    WHERE organization = ?1 ${narrowed} AND requested_at <= ?2 AND (requested_at < ?2 OR provider_id > ?3)
    ORDER BY requested_at DESC, provider_id LIMIT ?4`);
  const page = pageOf('');
  const pageInStage = pageOf('AND stage = ?5');
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
    providersOf(organization, { limit, cursor, stage }: ListOf): ListPage<ProviderRow> {
      const [requestedAt, id] = cursor === undefined ? ['9', ''] : placeIn(cursor);
      const asked = [organization, requestedAt, id, limit + 1];
      const rows = (stage === undefined ? page.all(...asked) : pageInStage.all(...asked, stage)) as {
        provider_id: string;
        requested_at: string;
        document: string;
      }[];
      const items = rows.slice(0, limit).map(rowOf);
      const last = rows[limit - 1];
      return rows.length > limit && last ? { items, next: cursorOf(last.requested_at, last.provider_id) } : { items };
    },
  };
}

const rowOf = ({ provider_id: providerId, document }: { provider_id: string; document: string }): ProviderRow => ({
  providerId,
  ...(JSON.parse(document) as StatusDocument),
});
