/** Who makes a call and with which Idempotency-Key, as parameters of a route. */
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Caller } from '../../../application/authorization/identity.js';
import type { Sender } from '../../../application/streams/causes.js';
import { Problem } from './problems.js';
import { traceOf } from './trace-context.js';
import type { WireRequest } from './wire.js';

const CALLER = Symbol('the caller');

type Called = WireRequest & { [CALLER]?: Caller };

/** Remembers for the rest of a request who makes it. */
export function actAs(request: WireRequest, caller: Caller): void {
  (request as Called)[CALLER] = caller;
}

/** Who makes the request, where their token was good and they may do what it is for. */
export const admitted = (request: WireRequest): Caller | undefined => (request as Called)[CALLER];

/** The caller, as a parameter of a route. */
export const From = createParamDecorator(
  (_: undefined, context: ExecutionContext): Caller => callerOf(requestOf(context)),
);

/** The caller and the Idempotency-Key if one is sent, as a parameter of a route. */
export const SentBy = createParamDecorator((_: undefined, context: ExecutionContext): Sender => {
  const request = requestOf(context);
  return { caller: callerOf(request), key: keyOf(request), traceId: traceOf(request.headers)?.traceId };
});

/** The caller and the Idempotency-Key, which must be there, as a parameter of a route. */
export const SentOnceBy = createParamDecorator((_: undefined, context: ExecutionContext): KeyedSender => {
  const request = requestOf(context);
  const key = keyOf(request);
  if (key === undefined) throw wrongKey('is missing');
  return { caller: callerOf(request), key, traceId: traceOf(request.headers)?.traceId };
});

export type KeyedSender = Sender & { readonly key: string };

const requestOf = (context: ExecutionContext): WireRequest => context.switchToHttp().getRequest<WireRequest>();

/** Who makes the request; throws on a route that was declared open. */
export function callerOf(request: WireRequest): Caller {
  const caller = admitted(request);
  if (!caller) throw new Error('a route that needs a caller was declared open');
  return caller;
}

function keyOf({ headers }: WireRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw wrongKey('is no key');
}

const wrongKey = (problem: string): Problem =>
  new Problem('invalid', `Idempotency-Key: ${problem}. A fresh UUID for each new request is right.`, [
    { field: 'Idempotency-Key', problem, allowed: '1 to 255 visible ASCII characters, such as a UUID' },
  ]);
