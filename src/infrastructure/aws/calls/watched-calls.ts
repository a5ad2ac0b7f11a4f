/** Watches the calls of SDK clients: each error remembers which call it ended and at which payer, and one hard pressed is spared. */
import type { FailedCall } from '../../../domain/provider/facts.js';
import { failedCall } from './errors.js';

type Args = { readonly input: object };
type Send = (args: Args) => Promise<{ output: object }>;

/** What the SDK's clients offer for steps around a call, as far as it is used here. */
interface Watchable {
  readonly middlewareStack: {
    add(step: (next: Send, context: { commandName?: string }) => Send, options: { step: 'initialize' }): void;
  };
}

interface Failed {
  readonly operation: string;
  readonly input: object;
  /** Of the innermost client that knows it: to sign a call to a payer, AWS may be asked for the payer's role before. */
  readonly payerId: string | undefined;
}

export interface Watch {
  /** The payer that all calls of the client go to. */
  readonly payerId?: string;
  /** What stands around each call, such as the pace of a payer. */
  readonly around?: { keep<T>(operation: string, call: () => Promise<T>): Promise<T> };
}

/** Beside the errors and not in them, for an input may hold a secret and errors are logged. */
const calls = new WeakMap<object, Failed>();

/** Makes a client remember its failed calls. */
export function watched<C extends Watchable>(client: C, { payerId, around }: Watch = {}): C {
  client.middlewareStack.add(
    (next, { commandName = 'unknown' }) =>
      async (args) => {
        const operation = commandName.replace(/Command$/, '');
        try {
          return await (around ? around.keep(operation, () => next(args)) : next(args));
        } catch (error) {
          if (typeof error === 'object' && error !== null) {
            const inner = calls.get(error);
            calls.set(error, { operation, input: args.input, ...inner, payerId: inner?.payerId ?? payerId });
          }
          throw error;
        }
      },
    { step: 'initialize' },
  );
  return client;
}

/** The call that ended in this error, without secrets; `undefined` when the error is not from a call to AWS. */
export function callOf(error: unknown): FailedCall | undefined {
  const call = typeof error === 'object' && error !== null ? calls.get(error) : undefined;
  return call && failedCall(error, call.operation, call.input);
}

/** The payer at which the call failed that ended in this error. */
export const payerOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null ? calls.get(error)?.payerId : undefined;
