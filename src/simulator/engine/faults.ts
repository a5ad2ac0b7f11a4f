/** Faults to strike calls with: throttling, errors, broken connections before or after acting, and delays. */
import { AwsError, type Documents } from './core.js';
import { troubleOf } from './dialects.js';

/** `throttle` and `error` answer without acting; `drop` acts and breaks the connection; `drop-before` does not act. */
export const faultKinds = ['throttle', 'error', 'drop', 'drop-before', 'delay'] as const;
type FaultKind = (typeof faultKinds)[number];

export interface FaultRequest {
  readonly kind: FaultKind;
  /** A service's signing name, `federation`, or `*` for all. */
  readonly service: string;
  /** AWS's name of the operation, or `*` for all. */
  readonly operation: string;
  /** The account of the caller; without it the fault strikes callers of every account. */
  readonly account?: string | undefined;
  /** How many calls it strikes. */
  readonly times: number;
  /** For `error`: the code, status and message instead of the service's own internal error. */
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  readonly message?: string | undefined;
  /** For `error`: the finer reason that Organizations gives with some errors. */
  readonly reason?: string | undefined;
  /** For `delay`: how long the answer is held back after acting, in milliseconds. */
  readonly delayMs?: number | undefined;
}

export interface Fault extends FaultRequest {
  readonly id: string;
}

/** Adds a fault after those that wait already; calls are struck by the oldest fault that matches. */
export function injectFault(documents: Documents, fault: FaultRequest): Fault {
  const number = (documents.get<number>('counter', '*', 'faults') ?? 0) + 1;
  documents.put('counter', '*', 'faults', number);
  const injected = { ...fault, id: `fault-${String(number).padStart(8, '0')}` };
  documents.put('fault', '*', injected.id, injected);
  return injected;
}

/** The faults that still wait for a call, oldest first. */
export function waitingFaults(documents: Documents): readonly Fault[] {
  return documents.list<Fault>('fault', '*');
}

/** Takes back every waiting fault, or the one with this id. */
export function withdrawFaults(documents: Documents, id?: string): void {
  for (const fault of waitingFaults(documents)) {
    if (id === undefined || fault.id === id) documents.remove('fault', '*', fault.id);
  }
}

export interface Target {
  readonly service: string;
  readonly operation: string;
  readonly account: string;
}

/** The fault that strikes this call, used up by one, or nothing. */
export function takeFault(documents: Documents, target: Target): Fault | undefined {
  const fault = waitingFaults(documents).find((candidate) => strikes(candidate, target));
  if (fault === undefined) return undefined;
  if (fault.times > 1) documents.put('fault', '*', fault.id, { ...fault, times: fault.times - 1 });
  else documents.remove('fault', '*', fault.id);
  return fault;
}

function strikes(fault: Fault, { service, operation, account }: Target): boolean {
  return (
    (fault.service === '*' || fault.service === service) &&
    (fault.operation === '*' || fault.operation === operation) &&
    (fault.account === undefined || fault.account === account)
  );
}

/** The error a fault answers with instead of acting; `drop-before` has one too, which nobody gets to read. */
export function errorOf(fault: Fault, service: string): AwsError | undefined {
  switch (fault.kind) {
    case 'throttle':
      return troubleOf(service, 'throttled');
    case 'error': {
      const usual = troubleOf(service, 'broken');
      const { code = usual.code, status = usual.status, message = usual.message, reason } = fault;
      return new AwsError(code, status, message, reason === undefined ? usual.members : { Reason: reason });
    }
    case 'drop-before':
      return troubleOf(service, 'broken', 'The connection breaks before this call takes effect.');
    default:
      return undefined;
  }
}
