/** Events that this version cannot read, written as a later version would: through its own codec, past every trigger's check. */
import Type from 'typebox';
import type { DomainEvent } from '../../src/domain/events.js';
import { createCodec, type Upcast } from '../../src/infrastructure/event-store/format/codec.js';
import { eventSchemas } from '../../src/infrastructure/event-store/format/schemas/all.js';
import { openSqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { draft } from './events.js';

const renamed = Type.Object({ name: Type.Union([Type.String(), Type.Object({ text: Type.String() })]) });
const asText: Upcast = ({ name }) => ({ name: typeof name === 'object' ? (name as { text: string }).text : name });

/** Of a later version that has broken the rule that events only gain members: its names may be objects. */
export const laterCodec = createCodec({ ...eventSchemas, ProviderRenamed: renamed }, { ProviderRenamed: [asText] });

/** Of a version that can read no new name. */
export const codecWithoutNames = createCodec({ ...eventSchemas, ProviderRenamed: Type.Object({ name: Type.Null() }) });

/** Readable to a later version only. */
export const fromLater = { type: 'ProviderRenamed', name: { text: 'Later' } } as unknown as DomainEvent;
export const whyUnreadable = 'ProviderRenamed /name: must be string';

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
