/** One call of an AWS service: who signed it, what it asks for, and the service's answer. */
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
import { refuseSkewed, type Signature, signatureOf } from './signature.js';
import { nextRequest } from './unique-ids.js';
import { refuseUnsimulated } from './unsimulated.js';

export interface Setting {
  readonly documents: DocumentStore;
  readonly now: number;
  readonly parts: Parts;
}

/** Answers one call, whatever service it is for, and records it; a call without a whole signature is refused as its service does. */
export function answerAwsCall(request: WireRequest, setting: Setting): Answer {
  const { documents, now, parts } = setting;
  const ids = nextRequest(documents);
  const signature = settled(() => signatureOf(request));
  const service = serviceOf(request, signature.value, parts);
  const { name, wire } = service;
  const caller = settled(() => callerOf(signature.take(), name, setting));
  const asked = settled(() => askedOf(service, request));
  const operation = asked.value === undefined ? undefined : operationOf(service, asked.value.operation);
  if (asked.value !== undefined && operation === undefined) countUnknown(documents, name, asked.value.operation);
  const received = {
    service: name,
    operation: asked.value?.operation ?? '',
    input: asked.value?.input ?? {},
    account: caller.value?.account ?? '',
    principal: caller.value?.arn ?? '',
    region: signature.value?.region ?? '',
  };
  const act = () => {
    const principal = caller.take();
    const call = { ...received, ...asked.take(), principal, now, documents, uniqueId: ids.uniqueId };
    const output = operate(service, operation, { ...call, latencies: latenciesOf(documents) }, parts);
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

/** The service that the signature names; without one, the service that the request speaks to. */
function serviceOf(request: WireRequest, signature: Signature | undefined, parts: Parts): Service {
  const { services, unknownService } = parts;
  if (signature === undefined) return services.find(({ wire }) => wire.speaks(request)) ?? unknownService('', request);
  const signed = services.filter(({ name, signedAs = name }) => signedAs === signature.service);
  return signed.find(({ wire }) => wire.speaks(request)) ?? signed.at(-1) ?? unknownService(signature.service, request);
}

function callerOf(signature: Signature | undefined, service: string, { documents, now, parts }: Setting): Principal {
  if (signature === undefined) throw troubleOf(service, 'unsigned');
  refuseSkewed(signature, now);
  try {
    return parts.principalOf(documents, signature.accessKeyId, signature.sessionToken, now);
  } catch (error) {
    throw error instanceof AwsError ? inDialect(service, error) : error;
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

function operate(service: Service, operation: Operation | undefined, call: Call, { authorize, refuseAccount }: Parts) {
  if (operation === undefined) {
    const words = `Could not find operation ${call.operation} of ${call.service} in this simulator`;
    throw troubleOf(call.service, 'unknown-operation', words);
  }
  refuseAccount(call);
  refuseUnsimulated(service, call.operation, call.input);
  authorize(call);
  return operation(call);
}
