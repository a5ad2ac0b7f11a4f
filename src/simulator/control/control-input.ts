/** Reads what people send to the control API, and says which member is wrong and what would be right. */

import type { SignInRequest } from '../console/sign-in.js';
import type { Latencies } from '../engine/core.js';
import { type FaultRequest, faultKinds } from '../engine/faults.js';
import { instantLatencies } from '../engine/latencies.js';
import { BadInput, matching, objectOf, oneOf, optional, secret, text, wholeNumber } from '../engine/read-json.js';
import { type CreationFailure, creationFailureReasons } from './creation-failures.js';

const dayMs = 86_400_000;

/** Any of the latencies; those left out stay as they are. */
export function readLatencies(body: unknown): Partial<Latencies> {
  const names = Object.keys(instantLatencies);
  const members = objectOf('the body', body, names);
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, wholeNumber(name, value, 0, dayMs)]));
}

/** A fault to inject. */
export function readFault(body: unknown): FaultRequest {
  const allowed = [
    'kind',
    'service',
    'operation',
    'account',
    'times',
    'code',
    'status',
    'message',
    'reason',
    'delayMs',
  ];
  const fault = objectOf('the body', body, allowed);
  const kind = oneOf('kind', fault.kind, faultKinds);
  if (kind === 'delay' && fault.delayMs === undefined)
    throw new BadInput('delayMs: is missing; a delay needs it, in milliseconds.');
  return {
    kind,
    service: text('service', fault.service),
    operation: text('operation', fault.operation),
    account: optional(fault.account, (value) => matching('account', value, /^\d{12}$/, 'an account id of 12 digits')),
    times: optional(fault.times, (value) => wholeNumber('times', value, 1, 1_000_000)) ?? 1,
    code: optional(fault.code, (value) => text('code', value)),
    status: optional(fault.status, (value) => wholeNumber('status', value, 400, 599)),
    message: optional(fault.message, (value) => text('message', value)),
    reason: optional(fault.reason, (value) => text('reason', value)),
    delayMs: optional(fault.delayMs, (value) => wholeNumber('delayMs', value, 0, dayMs)),
  };
}

/** The failures to force on the next creations of accounts. */
export function readCreationFailures(body: unknown): readonly CreationFailure[] {
  if (!Array.isArray(body)) throw new BadInput('the body: must be an array of {payer?, reason, times?}.');
  return body.map((entry, index) => {
    const failure = objectOf(`[${index}]`, entry, ['payer', 'reason', 'times']);
    return {
      payer: optional(failure.payer, (value) =>
        matching(`[${index}].payer`, value, /^\d{12}$/, 'an account id of 12 digits'),
      ),
      reason: oneOf(`[${index}].reason`, failure.reason, creationFailureReasons),
      times: optional(failure.times, (value) => wholeNumber(`[${index}].times`, value, 1, 1_000_000)) ?? 1,
    };
  });
}

/** Who signs in. */
export function readSignIn(body: unknown): SignInRequest {
  const asked = objectOf('the body', body, ['account', 'userName', 'password', 'newPassword']);
  return {
    account: text('account', asked.account),
    userName: text('userName', asked.userName),
    password: secret('password', asked.password),
    newPassword: optional(asked.newPassword, (value) => secret('newPassword', value)),
  };
}
