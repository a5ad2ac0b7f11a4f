/** What calls about webhooks need beside the log: which types there are, where requests may go, and what delivers. */
import type { WrongField } from '../../domain/refusal.js';

export interface WebhookService {
  /** Every type of fact that there is. */
  readonly eventTypes: readonly string[];
  /** What is wrong with an address for requests to go to; `undefined` when they may, as far as its text tells. */
  targetProblem(url: string): WrongField | undefined;
}

/** The injection token of {@link WebhookService}. */
export const WEBHOOKS = Symbol('Webhooks');

/** The type under which a signed head of the log is told. */
export const headSigned = 'head.signed';
