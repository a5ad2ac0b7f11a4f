/** What the HTTP side is given by the composition root, and under which injection tokens. */

import type { Audit } from '../../../application/audit/audit.js';
import type { TokenVerifier } from '../../../application/authorization/identity.js';
import type { Dependencies } from '../../../application/dependencies.js';
import type { GuardrailParts } from '../../../application/guardrails/payer-plans.js';
import type { HardeningService } from '../../../application/hardening/hardening-calls.js';
import type { Changes } from '../../../application/history/live-feed.js';
import type { Log } from '../../../application/ports/log.js';
import type { Reconciliation } from '../../../application/reconciliation/reconciliation.js';
import type { WebhookService } from '../../../application/webhooks/webhook-service.js';
import type { CallLimits } from './call-limits.js';
import type { Health } from './health.js';
import type { LiveLimits } from './live-limits.js';
import type { WireLimits } from './wire-limits.js';

export interface HttpParts {
  readonly dependencies: Dependencies;
  readonly changes: Changes;
  readonly tokenVerifier: TokenVerifier;
  readonly health: Health;
  readonly reconciliation: Reconciliation;
  readonly audit: Audit;
  readonly guardrails: GuardrailParts;
  readonly hardening: HardeningService;
  readonly webhooks: WebhookService;
  readonly log: Log;
  /** Limits of live changes; what suits production when left out. */
  readonly live?: Partial<LiveLimits>;
  /** How many calls may be made a minute; what suits production when left out. */
  readonly calls?: Partial<CallLimits>;
  /** What a connection may take; what suits production when left out. */
  readonly wire?: Partial<WireLimits>;
  /** Origins whose pages may call this API from a browser; none when left out. */
  readonly allowedOrigins?: readonly string[];
}

export const CHANGES = Symbol('Changes');
export const HEALTH = Symbol('Health');
export const LOG = Symbol('Log');
export const LIVE_LIMITS = Symbol('LiveLimits');
/** A function that answers with the description of this API as OpenAPI. */
export const API_DOCUMENT = Symbol('ApiDocument');
