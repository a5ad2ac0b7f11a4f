/** Every call the simulated AWS received, with its outcome and without secrets, for people and tests to look at. */
import type { Documents } from './core.js';

export interface RecordedCall {
  /** Counts the calls this simulator ever received. */
  readonly number: number;
  /** ISO 8601, by the simulator's clock. */
  readonly at: string;
  readonly service: string;
  readonly operation: string;
  /** The account of the caller; empty when nobody was recognised. */
  readonly account: string;
  readonly region: string;
  /** The ARN of the caller; empty when nobody was recognised. */
  readonly principal: string;
  /** As it arrived, secret members masked. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The HTTP status answered, also where the answer was dropped on the way. */
  readonly status: number;
  readonly error?: string;
  readonly requestId: string;
  /** The kind of the injected fault that struck this call. */
  readonly fault?: string;
  /** What went wrong inside the simulator itself. */
  readonly bug?: string;
}

const kept = 10_000;
const secretMembers =
  /^(password|oldpassword|newpassword|secretaccesskey|sessiontoken|sessionkey|session|signintoken|tokencode|authenticationcode\d|base32stringseed|secretstring|secretbinary)$/i;

/** Keeps the call and forgets the one ten thousand calls ago. */
export function recordCall(documents: Documents, call: RecordedCall): void {
  documents.put('call', '*', keyOf(call.number), { ...call, input: masked(call.input) });
  documents.remove('call', '*', keyOf(call.number - kept));
}

interface CallFilter {
  readonly service?: string | undefined;
  readonly operation?: string | undefined;
  readonly account?: string | undefined;
}

/** The calls that agree with every member of the filter, oldest first. */
export function callsOf(documents: Documents, { service, operation, account }: CallFilter): readonly RecordedCall[] {
  return documents
    .list<RecordedCall>('call', '*')
    .filter(
      (call) =>
        (service === undefined || call.service === service) &&
        (operation === undefined || call.operation === operation) &&
        (account === undefined || call.account === account),
    );
}

export interface UnknownOperation {
  readonly service: string;
  readonly operation: string;
  readonly times: number;
}

/** Counts a call of an operation that the simulator does not know, so that gaps show. */
export function countUnknown(documents: Documents, service: string, operation: string): void {
  const key = `${service}:${operation}`;
  const times = (documents.get<UnknownOperation>('unknown-operation', '*', key)?.times ?? 0) + 1;
  documents.put('unknown-operation', '*', key, { service, operation, times });
}

function keyOf(number: number): string {
  return String(number).padStart(12, '0');
}

/** The same input with the value of every secret member, at any depth, replaced by `***`. */
function masked(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, secretMembers.test(name) ? '***' : maskedValue(value)]),
  );
}

function maskedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskedValue);
  return typeof value === 'object' && value !== null ? masked({ ...value }) : value;
}
