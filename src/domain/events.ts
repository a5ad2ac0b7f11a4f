/** Every event of every stream; the literal `type` is its name in storage. */
import type { AccessEvent } from './access.js';
import type { AllowanceEvent } from './allowance.js';
import type { LogEvent } from './log.js';
import type { OrganizationEvent } from './organization.js';
import type { PayerEvent } from './payer.js';
import type { ProviderEvent } from './provider/events.js';
import type { QuarantineEvent } from './quarantine.js';

export type DomainEvent =
  | ProviderEvent
  | OrganizationEvent
  | AccessEvent
  | PayerEvent
  | AllowanceEvent
  | QuarantineEvent
  | LogEvent;
export type EventType = DomainEvent['type'];
export type EventOf<T extends EventType> = Extract<DomainEvent, { type: T }>;
