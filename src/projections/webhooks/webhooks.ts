/** `webhooks`: every webhook that stands, as it is now, and where its deliveries begin. */
import type { RecordedEvent } from '../../application/ports/event-store.js';
import type { ReadModels } from '../../application/ports/read-models.js';
import type { WebhookRow } from '../../application/ports/webhook-rows.js';
import { idIn } from '../../application/streams/aggregates.js';
import type { WebhookEvent } from '../../domain/webhooks/events.js';
import { evolveWebhook, unknownWebhook, type Webhook } from '../../domain/webhooks/webhook.js';
import { FoldFailure, type Projection } from '../engine/projection.js';
import type { Version } from '../engine/read-model.js';

const subscriptions: Projection = {
  tables: ['webhooks'],
  schema: `
    CREATE TABLE IF NOT EXISTS webhooks (
      id TEXT PRIMARY KEY, owner TEXT NOT NULL, webhook TEXT NOT NULL, begun_at TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS webhooks_by_owner ON webhooks (owner, id);`,
  concerns: (stream) => idIn('webhook', stream) !== undefined,
  open(db) {
    const select = db.prepare('SELECT webhook, begun_at AS begunAt FROM webhooks WHERE id = ?');
    const upsert = db.prepare('INSERT OR REPLACE INTO webhooks VALUES (?, ?, ?, ?)');
    const remove = db.prepare('DELETE FROM webhooks WHERE id = ?');
    function foldOne(id: string, recorded: RecordedEvent): void {
      const row = select.get(id) as { webhook: string; begunAt: string } | undefined;
      const before: Webhook = row ? JSON.parse(row.webhook) : unknownWebhook;
      const webhook = after(before, recorded);
      if (webhook.stage === 'unknown') return;
      const begins = before.stage === 'unknown' || before.starts !== webhook.starts;
      const begunAt = begins ? recorded.position : (row?.begunAt ?? '');
      upsert.run(id, webhook.organization ?? '', JSON.stringify(webhook), begunAt);
    }
    return {
      fold(events) {
        for (const recorded of events) {
          const id = idIn('webhook', recorded.stream);
          if (id !== undefined) foldOne(id, recorded);
        }
      },
      forget: (stream) => void remove.run(idIn('webhook', stream) ?? ''),
    };
  },
};

export type WebhookReads = Pick<ReadModels, 'webhooks' | 'webhook'>;

export const webhooks: Version<WebhookReads> = {
  version: 1,
  cacheMiB: 4,
  kind: 'folded',
  projections: [subscriptions],
  reads(db) {
    const columns = 'SELECT id, webhook, begun_at AS begunAt FROM webhooks';
    const standing = `webhook ->> 'stage' IN ('enabled', 'disabled')`;
    const all = db.prepare(`${columns} WHERE id > ? AND ${standing} ORDER BY id LIMIT ?`);
    const owned = db.prepare(`${columns} WHERE owner = ? AND id > ? AND ${standing} ORDER BY id LIMIT ?`);
    const one = db.prepare(`${columns} WHERE id = ? AND ${standing}`);
    const rowOf = ({ webhook, ...row }: Stored): WebhookRow => ({ ...row, webhook: JSON.parse(webhook) });
    return {
      webhook(id) {
        const row = one.get(id) as unknown as Stored | undefined;
        return row && rowOf(row);
      },
      webhooks({ owner, afterId, limit }) {
        const rows = owner === undefined ? all.all(afterId, limit) : owned.all(owner, afterId, limit);
        return (rows as unknown as Stored[]).map(rowOf);
      },
    };
  },
};

type Stored = Omit<WebhookRow, 'webhook'> & { readonly webhook: string };

/** History that no command could go on from must stop the reader too, so that an operator hears of it. */
function after(webhook: Webhook, recorded: RecordedEvent): Webhook {
  try {
    return evolveWebhook(webhook, recorded.event as WebhookEvent, recorded.metadata.recordedAt);
  } catch (error) {
    throw new FoldFailure(recorded, error);
  }
}
