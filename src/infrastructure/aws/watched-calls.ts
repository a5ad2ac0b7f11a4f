/** Watches the calls of SDK clients: each error remembers which call it ended, and a payer that is hard pressed is spared. */
import type { FailedCall } from '../../domain/provider/facts.js';
import type { CallPace } from './call-pace.js';
import { failedCall } from './errors.js';

type Args = { readonly input: object };
type Send = (args: Args) => Promise<{ output: object }>;

/** What the SDK's clients offer for steps around a call, as far as it is used here. */
interface Watchable {
  readonly middlewareStack: {
    add(step: (next: Send, context: { commandName?: string }) => Send, options: { step: 'initialize' }): void;
  };
}

/** Beside the errors and not in them, for an input may hold a secret and errors are logged. */
const calls = new WeakMap<object, { readonly operation: string; readonly input: object }>();

/** Makes a client remember its failed calls, and keep the pace if one is given. */
export function watched<C extends Watchable>(client: C, pace?: CallPace): C {
  client.middlewareStack.add(
    (next, { commandName = 'unknown' }) =>
      async (args) => {
        const operation = commandName.replace(/Command$/, '');
        try {
          return await (pace ? pace.keep(operation, () => next(args)) : next(args));
        } catch (error) {
          if (typeof error === 'object' && error !== null && !calls.has(error))
            calls.set(error, { operation, input: args.input });
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
