/** Messages that webhooks are sent: the line of a fact as the feed has it, where its type was asked for. */
import type { EntryFor, FeedEntry } from '../../history/change-feed.js';
import type { Message, MessageOf } from './message.js';

/** Tells, whatever types were named, that something stands there which cannot be read. */
const unreadable = 'Unreadable';

/** The messages for these types, or for all where none is named. */
export const messagesFor =
  (entryFor: EntryFor, types: readonly string[]): MessageOf =>
  (recorded) => {
    const entry = entryFor(recorded);
    return entry && isWanted(entry, types) ? lineOf(entry) : undefined;
  };

const isWanted = ({ type }: FeedEntry, types: readonly string[]): boolean =>
  types.length === 0 || types.includes(type) || type === unreadable;

const lineOf = (entry: FeedEntry): Message => ({
  id: entry.id === '' ? `${unreadable}-${entry.position}` : entry.id,
  type: entry.type,
  body: JSON.stringify(entry),
});
