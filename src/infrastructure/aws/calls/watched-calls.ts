/** Watches the calls of SDK clients: each error remembers which call it ended, where and at which payer. */
import type { Metrics } from '../../../application/ports/metrics.js';
import type { FailedCall } from '../../../domain/failed-call.js';
import { type CallPlace, failedCall } from './failed-call.js';
import { metered } from './metered-calls.js';

type Args = { readonly input: object };
type Send = (args: Args) => Promise<{ output: object }>;
type Context = { readonly commandName?: string; readonly clientName?: string };

/** What the SDK's clients offer for steps around a call, as far as it is used here. */
export interface Watchable {
  readonly middlewareStack: {
    add(step: (next: Send, context: Context) => Send, options: { step: 'initialize' }): void;
  };
}

interface Failed {
  readonly operation: string;
  readonly input: object;
  readonly place: CallPlace;
  /** Of the innermost client that knows it: to sign a call to a payer, AWS may be asked for the payer's role before. */
  readonly payerId: string | undefined;
}

/** What stands around each call of a client, such as the pace of a payer. */
export interface Around {
  keep<T>(operation: string, call: () => Promise<T>, input: object): Promise<T>;
}

export interface Watch {
  /** The payer that all calls of the client go to. */
  readonly payerId?: string;
  /** The region that the calls go to, where the service has regions. */
  readonly region?: string;
  /** Hears of every call; it stands around all the others. */
  readonly metrics?: Metrics | undefined;
  /** From the outermost to the innermost. */
  readonly around?: readonly Around[];
}

/** Beside the errors and not in them, because an input may hold a secret and errors are logged. */
const calls = new WeakMap<object, Failed>();

/** Makes a client remember its failed calls. */
export function watched<C extends Watchable>(client: C, { payerId, region, metrics, around = [] }: Watch = {}): C {
  client.middlewareStack.add(
    (next, { commandName = 'unknown', clientName = '' }) =>
      async (args) => {
        const operation = commandName.replace(/Command$/, '');
        const place = placeOf(clientName, region);
        const send = around.reduceRight(
          (call, each) => () => each.keep(operation, call, args.input),
          () => next(args),
        );
        try {
          return await (metrics ? metered(metrics, { service: place.service ?? 'unknown', operation }, send) : send());
        } catch (error) {
          if (typeof error === 'object' && error !== null) {
            const inner = calls.get(error);
            calls.set(error, { operation, input: args.input, place, ...inner, payerId: inner?.payerId ?? payerId });
          }
          throw error;
        }
      },
    { step: 'initialize' },
  );
  return client;
}

const placeOf = (clientName: string, region: string | undefined): CallPlace => ({
  ...(clientName ? { service: clientName.replace(/Client$/, '') } : {}),
  ...(region === undefined ? {} : { region }),
});

/** Whether the error is that of an earlier call, made to sign this one, and not of this call itself. */
export const ofACallBefore = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && calls.has(error);

/** Makes one error stand for another: it ended the same call. */
export function standsFor<E extends object>(explained: E, error: unknown): E {
  const call = typeof error === 'object' && error !== null ? calls.get(error) : undefined;
  if (call) calls.set(explained, call);
  return explained;
}

/** Makes an error of ours that of a call which AWS answered, but not with what is needed. */
export function endedIn<E extends object>(error: E, operation: string, input: object): E {
  calls.set(error, { operation, input, place: {}, payerId: undefined });
  return error;
}

/** The call that ended in this error, without secrets; `undefined` when the error is not from a call to AWS. */
export function callOf(error: unknown): FailedCall | undefined {
  const call = typeof error === 'object' && error !== null ? calls.get(error) : undefined;
  return call && failedCall(error, call.operation, call.input, call.place);
}

/** The payer at which the call failed that ended in this error. */
export const payerOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null ? calls.get(error)?.payerId : undefined;
