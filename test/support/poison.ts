/** Events that this version cannot read, written as a later version would: through its own codec, past every trigger's check. */
import Type from 'typebox';
import type { DomainEvent } from '../../src/domain/events.js';
import { createCodec } from '../../src/infrastructure/event-store/format/codec.js';
import { eventSchemas } from '../../src/infrastructure/event-store/format/schemas/all.js';
import { openSqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { draft } from './events.js';

/** Of a later version, whose renames say why. */
export const laterCodec = createCodec({
  ...eventSchemas,
  ProviderRenamed: Type.Object(
    { name: Type.String(), why: Type.Optional(Type.String()) },
    { additionalProperties: false },
  ),
});

/** Readable to a later version only. */
export const fromLater = { type: 'ProviderRenamed', name: 'Later', why: 'A new brand' } as unknown as DomainEvent;
export const whyUnreadable = 'ProviderRenamed /why: is not a member of this event';

/** Appends events to the end of a stream as a later version would, while this one may have the file open; answers with the first revision. */
export async function writeAsLater(file: string, stream: string, ...events: readonly DomainEvent[]): Promise<number> {
  const later = openSqliteEventStore({ file, codec: laterCodec });
  try {
    const { length } = await later.read(stream);
    const drafts = events.map((event) => draft(event, { at: Date.now() }));
    await later.append(stream, length - 1, drafts);
    return length;
  } finally {
    await later.close();
  }
}
