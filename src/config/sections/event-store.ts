/** Where the log lies. */
import { Group, Is } from '../decorators.js';
import { oneOf } from '../rules.js';
import { plainSection } from '../section.js';

export class EventStoreSettings {
  @Is(oneOf('sqlite')) readonly kind: string = 'sqlite';
}

export const eventStore = plainSection<EventStoreSettings>(
  Group(() => EventStoreSettings),
  { otherwise: () => new EventStoreSettings() },
);
