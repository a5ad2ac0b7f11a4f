/** Deliveries of which none is kept, for tests and benchmarks in which nothing is delivered. */
import type { Deliveries } from '../../src/application/ports/webhook-sender.js';

export const noDeliveries: Deliveries = { note: () => undefined, last: () => [], keep: () => undefined };
