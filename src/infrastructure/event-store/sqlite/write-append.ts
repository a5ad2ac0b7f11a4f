/** One append inside an open transaction: added at the expected revision, recognised as a repeat, or refused as a conflict. */
import { endsTransaction } from '../../sqlite-failures.js';
import { noHash } from '../format/hash.js';
import { chainedAfter, type NewAppend, repeatOf } from '../format/new-append.js';
import type { End, Ends } from './ends.js';
import type { Statements, StoredEvent } from './statements.js';

/** Writes an append, or finds it written. Throws {@link RevisionConflict}, also where the repeat has other contents. */
export function writeAppend(statements: Statements, ends: Ends, append: NewAppend): readonly StoredEvent[] {
  const last = ends.ofStream(append.stream);
  const revision = last?.revision ?? -1;
  if (revision !== append.expectedRevision) {
    const known = append.events.map(({ eventId }) => statements.byEventId(eventId));
    return repeatOf(append, known, revision);
  }
  if (append.events.length === 0) return [];
  const add = (id: number) => addAll(statements, ends, append, last ?? { id, revision, hash: noHash, recordedAt: 0 });
  // One row is added or not; SQLite sees to that by itself.
  if (last && append.events.length === 1) return add(last.id);
  return allOrNothing(statements, () => add(last?.id ?? statements.addStream(append.stream)));
}

/** Several rows are added or none; those of other appends in the same transaction stay. */
function allOrNothing<T>(statements: Statements, work: () => T): T {
  statements.savepoint();
  try {
    const done = work();
    statements.release();
    return done;
  } catch (error) {
    if (!endsTransaction(error)) statements.undo();
    throw error;
  }
}

function addAll(
  statements: Statements,
  ends: Ends,
  { stream, events }: NewAppend,
  { id, ...last }: End,
): readonly StoredEvent[] {
  const stored: StoredEvent[] = [];
  let end: Omit<End, 'id'> = last;
  let position = ends.position();
  for (const encoded of events) {
    position += 1;
    const { recordedAt, ...fact } = chainedAfter(end, stream, encoded);
    const event = { position, ...fact };
    statements.addEvent(id, event);
    stored.push(event);
    end = { revision: fact.revision, hash: fact.hash, recordedAt };
  }
  ends.moved(stream, { id, ...end }, position);
  return stored;
}
