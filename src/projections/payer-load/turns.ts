/** Whose turn at the payers was when: the position of each organization's last assignment, which the queue goes by. */
import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { Compare } from '../engine/projection.js';

/** Prepares the changes of turns. A stream that is folded again brings turns that others have had since. */
export function openTurns(db: DatabaseSync, compare: Compare) {
  const note = db.prepare('UPDATE payer_load SET turn = ? WHERE provider_id = ?');
  const organizationRow = db.prepare('SELECT organization FROM payer_load WHERE provider_id = ?');
  const last = db.prepare('SELECT turn FROM payer_load_turns WHERE organization = ?');
  const all = db.prepare('SELECT turn FROM payer_load WHERE organization = ? AND turn IS NOT NULL');
  const put = db.prepare('INSERT OR REPLACE INTO payer_load_turns VALUES (?, ?)');
  const remove = db.prepare('DELETE FROM payer_load_turns WHERE organization = ?');

  const organizationOf = (providerId: string): string | undefined =>
    (organizationRow.get(providerId) as { organization: string } | undefined)?.organization;

  return {
    organizationOf,
    /** This provider was given a slot. */
    take(providerId: string, position: Position): void {
      note.run(position, providerId);
      const organization = organizationOf(providerId);
      if (organization === undefined) return;
      const before = last.get(organization) as { turn: Position } | undefined;
      if (!before || compare(before.turn, position) < 0) put.run(organization, position);
    },
    /** Finds the last turn of an organization among its providers again. */
    recall(organization: string): void {
      const turns = (all.all(organization) as { turn: Position }[]).map(({ turn }) => turn);
      const latest = turns.reduce<Position | undefined>((a, b) => (a && compare(a, b) > 0 ? a : b), undefined);
      if (latest === undefined) remove.run(organization);
      else put.run(organization, latest);
    },
  };
}
