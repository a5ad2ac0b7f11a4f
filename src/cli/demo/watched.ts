/** The latest status of a provider, told to whoever waits for something in it. */
import type { Provider } from '../../client/generated/types.gen.js';

export interface Watched {
  readonly saw: (status: Provider) => void;
  readonly failed: (error: unknown) => void;
  readonly first: Promise<Provider>;
  /** Looks at each status until the answer is true; rejects with what `done` throws, or when the journey failed. */
  until(done: (status: Provider) => boolean): Promise<void>;
}

interface Waiter {
  readonly done: (status: Provider) => boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export function openWatched(): Watched {
  const waiters = new Set<Waiter>();
  let latest: Provider | undefined;
  let failure: { readonly error: unknown } | undefined;

  function check(waiter: Waiter, status: Provider): void {
    try {
      if (!waiter.done(status)) return;
      waiter.resolve();
    } catch (error) {
      waiter.reject(error);
    }
    waiters.delete(waiter);
  }

  const until = (done: (status: Provider) => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const waiter = { done, resolve, reject };
      waiters.add(waiter);
      if (latest) check(waiter, latest);
      else if (failure) reject(failure.error);
    });
  return {
    saw(status) {
      latest = status;
      for (const waiter of [...waiters]) check(waiter, status);
    },
    failed(error) {
      // Whoever waits for a halted step has thrown its words already; the others did not fail.
      if (latest?.steps.some(({ state }) => state === 'halted')) return;
      failure = { error };
      for (const { reject } of waiters) reject(error);
      waiters.clear();
    },
    first: until(() => true).then(() => latest as Provider),
    until,
  };
}
