/** How every received call goes: a fault may strike, it acts whole or not at all, and it is recorded. */
import { type RecordedCall, recordCall } from './calls.js';
import { type Answer, AwsError, type WireResponse } from './core.js';
import { troubleOf } from './dialects.js';
import type { DocumentStore } from './documents.js';
import { errorOf, type Fault, takeFault } from './faults.js';
import { latenciesOf } from './latencies.js';
import type { RequestIds } from './unique-ids.js';

/** A call as far as it was understood; `account` and `principal` are empty when nobody was recognised. */
type Received = Pick<RecordedCall, 'service' | 'operation' | 'account' | 'region' | 'principal' | 'input'>;

interface Performance {
  readonly documents: DocumentStore;
  readonly now: number;
  readonly ids: RequestIds;
  /** Acts, or throws an AwsError; what it wrote before a throw is undone. */
  readonly act: () => WireResponse;
  readonly fail: (error: AwsError) => WireResponse;
}

interface Handled {
  readonly response: WireResponse;
  readonly error?: string;
  readonly bug?: string;
}

/** Performs one received call inside the open transaction of its request. */
export function perform(received: Received, { documents, now, ids, act, fail }: Performance): Answer {
  const fault = takeFault(documents, received);
  const handled = struck(fault, received, fail) ?? attempt(documents, received, act, fail);
  recordCall(documents, recordOf(received, handled, fault, now, ids));
  return {
    response: handled.response,
    effects: {
      delayMs: latenciesOf(documents).callMs + (fault?.delayMs ?? 0),
      drop: fault?.kind === 'drop' || fault?.kind === 'drop-before',
    },
  };
}

function struck(fault: Fault | undefined, { service }: Received, fail: Performance['fail']): Handled | undefined {
  const error = fault === undefined ? undefined : errorOf(fault, service);
  return error === undefined ? undefined : { response: fail(error), error: error.code };
}

function attempt(
  documents: DocumentStore,
  { service }: Received,
  act: Performance['act'],
  fail: Performance['fail'],
): Handled {
  try {
    return { response: documents.transaction(act) };
  } catch (error) {
    if (error instanceof AwsError) return { response: fail(error), error: error.code };
    // A mistake in the simulator answers as AWS does when it breaks, and says what it was for whoever looks.
    const bug = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const broken = troubleOf(service, 'broken', `The simulator itself failed: ${bug.split('\n')[0]}`);
    return { response: fail(broken), error: broken.code, bug };
  }
}

function recordOf(
  received: Received,
  { response, error, bug }: Handled,
  fault: Fault | undefined,
  now: number,
  { number, requestId }: RequestIds,
): RecordedCall {
  return {
    number,
    at: new Date(now).toISOString(),
    ...received,
    status: response.status,
    requestId,
    ...(error === undefined ? {} : { error }),
    ...(fault === undefined ? {} : { fault: fault.kind }),
    ...(bug === undefined ? {} : { bug }),
  };
}
