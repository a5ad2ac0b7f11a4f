/** What calls about webhooks need beside the log: which types there are, where requests may go, and what came of them. */
import type { WrongField } from '../../domain/refusal.js';
import type { Deliveries } from '../ports/webhook-sender.js';
import type { Attempt } from './attempts/attempt.js';

export interface WebhookService {
  /** Every type of fact that there is. */
  readonly eventTypes: readonly string[];
  /** What is wrong with an address for requests to go to; `undefined` when they may, as far as its text tells. */
  targetProblem(url: string): WrongField | undefined;
  readonly attempt: Attempt;
  readonly deliveries: Deliveries;
}

/** The injection token of {@link WebhookService}. */
export const WEBHOOKS = Symbol('Webhooks');
