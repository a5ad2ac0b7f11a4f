/** Many halted providers resumed at once, as after an outage: which ones an operator chose is a fact, so that a repeat chooses no others. */
import { requireType } from './foreign-event.js';

/** What halted providers are chosen by; all that is given must fit. */
export interface Halted {
  /** The reason that the halt names. */
  readonly reason?: string;
  /** The step that halted. */
  readonly step?: string;
  readonly payer?: string;
}

/** An operator let these providers go on; that each of them does is a fact of its own. */
export type ResumptionStarted = { readonly type: 'ResumptionStarted' } & Halted & {
    readonly providers: readonly string[];
  };
export type ResumptionEvent = ResumptionStarted;

/** Whose resumption has begun; nobody's yet where nobody fitted. */
export interface Resumption {
  readonly providers: readonly string[];
}

export const nobodyResumed: Resumption = { providers: [] };

/** Begins with those who were chosen; nothing where it has begun, or nobody fits. */
export function startResumption(
  { reason, step, payer }: Halted,
  providers: readonly string[],
  begun: Resumption,
): readonly ResumptionEvent[] {
  if (begun.providers.length > 0 || providers.length === 0) return [];
  const by = {
    ...(reason !== undefined && { reason }),
    ...(step !== undefined && { step }),
    ...(payer !== undefined && { payer }),
  };
  return [{ type: 'ResumptionStarted', ...by, providers }];
}

/** The resumption after an event. */
export function evolveResumption(_: Resumption, event: ResumptionEvent): Resumption {
  requireType(event, 'ResumptionStarted');
  return { providers: event.providers };
}
