/** Every event of every stream; the literal `type` is its name in storage. */
import type { AccessEvent } from './access.js';
import type { OrganizationEvent } from './organization.js';
import type { PayerEvent } from './payer.js';
import type { ProviderEvent } from './provider/events.js';

export type DomainEvent = ProviderEvent | OrganizationEvent | AccessEvent | PayerEvent;
export type EventType = DomainEvent['type'];
export type EventOf<T extends EventType> = Extract<DomainEvent, { type: T }>;
