/** One signed call of an AWS service: who signed it, what it asks for, and the service's answer. */
import { countUnknown } from './calls.js';
import {
  type Answer,
  AwsError,
  type Call,
  type Operation,
  type Principal,
  type Service,
  type WireRequest,
} from './core.js';
import { inDialect, troubleOf } from './dialects.js';
import type { DocumentStore } from './documents.js';
import { latenciesOf } from './latencies.js';
import type { Parts } from './parts.js';
import { perform } from './perform.js';
import { refuseSkewed, type Signature } from './signature.js';
import { nextRequest } from './unique-ids.js';

export interface Setting {
  readonly documents: DocumentStore;
  readonly now: number;
  readonly parts: Parts;
}

/** Answers one signed call, whatever service it is for, and records it. */
export function answerAwsCall(request: WireRequest, signature: Signature, setting: Setting): Answer {
  const { documents, now, parts } = setting;
  const ids = nextRequest(documents);
  const service =
    parts.services.find(({ name }) => name === signature.service) ?? parts.unknownService(signature.service, request);
  const { name, wire } = service;
  const caller = settled(() => callerOf(signature, setting));
  const asked = settled(() => askedOf(service, request));
  const operation = asked.value === undefined ? undefined : operationOf(service, asked.value.operation);
  if (asked.value !== undefined && operation === undefined) countUnknown(documents, name, asked.value.operation);
  const received = {
    service: name,
    operation: asked.value?.operation ?? '',
    input: asked.value?.input ?? {},
    account: caller.value?.account ?? '',
    principal: caller.value?.arn ?? '',
    region: signature.region,
  };
  const act = () => {
    const principal = caller.take();
    const call = { ...received, ...asked.take(), principal, now, documents, uniqueId: ids.uniqueId };
    const output = operate(operation, { ...call, latencies: latenciesOf(documents) }, parts);
    return wire.encode(call.operation, output, ids.requestId);
  };
  return perform(received, { documents, now, ids, act, fail: (error) => wire.fail(error, ids.requestId) });
}

interface Settled<T> {
  /** What came out, or nothing when it was refused. */
  readonly value: T | undefined;
  /** What came out, or the refusal thrown. */
  readonly take: () => T;
}

/** Tries now and complains later: a call is recorded with all that is known of it, also when it is refused. */
function settled<T>(work: () => T): Settled<T> {
  try {
    const value = work();
    return { value, take: () => value };
  } catch (error) {
    return {
      value: undefined,
      take: () => {
        throw error;
      },
    };
  }
}

function callerOf(signature: Signature, { documents, now, parts }: Setting): Principal {
  refuseSkewed(signature, now);
  try {
    return parts.principalOf(documents, signature.accessKeyId, signature.sessionToken, now);
  } catch (error) {
    throw error instanceof AwsError ? inDialect(signature.service, error) : error;
  }
}

function askedOf({ name, wire }: Service, request: WireRequest) {
  const asked = wire.decode(request);
  if (asked === undefined) throw troubleOf(name, 'no-operation');
  return asked;
}

function operationOf({ operations }: Service, name: string): Operation | undefined {
  return Object.hasOwn(operations, name) ? operations[name] : undefined;
}

function operate(operation: Operation | undefined, call: Call, { refuseAccount }: Parts) {
  if (operation === undefined) {
    const words = `Could not find operation ${call.operation} of ${call.service} in this simulator`;
    throw troubleOf(call.service, 'unknown-operation', words);
  }
  refuseAccount(call);
  return operation(call);
}
