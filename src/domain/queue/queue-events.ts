/** Which facts change who waits for a payer or which slots are free; the queue may be long, so others leave it alone. */
import type { EventType } from '../events.js';

const queueEvents: ReadonlySet<string> = new Set<EventType>([
  'TermsAccepted',
  'PayerAssigned',
  'PayerRefused',
  'AccountCreated',
  'ProvisioningHalted',
  'ProvisioningResumed',
  'ProviderWithdrawn',
]);

export const movesTheQueue = ({ type }: { readonly type: string }): boolean => queueEvents.has(type);
