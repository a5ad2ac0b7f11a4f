/** How far deliveries have come: no fact, followed by nobody, and no leaf of the audit's tree. */
import type { Position } from './event-store.js';

export interface DeliveryPlace {
  /** Everything up to here is delivered. */
  readonly position: Position;
  /** Which of the webhook's beginnings it counts from; after a later one it means nothing. */
  readonly starts: number;
  /** Since when what comes after it could not be delivered (ISO). */
  readonly failingSince?: string;
}

export interface DeliveryPlaces {
  /** By webhook. One that is missing has its deliveries repeated from their beginning. */
  load(): Promise<ReadonlyMap<string, DeliveryPlace>>;
  /** Keeps what has changed; a webhook without a place is forgotten. */
  save(changed: ReadonlyMap<string, DeliveryPlace | undefined>): Promise<void>;
}
