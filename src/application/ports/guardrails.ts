/** The guardrails of a payer as its organization at AWS has them, and how they are changed there. */
import type { FailedCall } from '../../domain/failed-call.js';
import type { GuardrailChange, ObservedOrganization } from '../../domain/guardrails/plan.js';

/** Which policies and units an observation is about. */
export interface Looked {
  readonly names: readonly string[];
  readonly units: readonly string[];
}

/** Each throws {@link OrganizationUnavailable} when AWS cannot or will not. */
export interface Organizations {
  observe(payerId: string, looked: Looked, signal: AbortSignal): Promise<ObservedOrganization>;
  /** Makes one change; safe to repeat. */
  change(payerId: string, change: GuardrailChange, signal: AbortSignal): Promise<void>;
}

/** AWS does not let an organization be read or changed; the message is for operators and names the call. */
export class OrganizationUnavailable extends Error {
  override readonly name = 'OrganizationUnavailable';

  constructor(
    message: string,
    readonly call: FailedCall | undefined,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}
