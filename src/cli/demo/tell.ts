/** The journey as a list of tasks that a person can watch; each step of the provider is a line of its own. */
import { Listr, type ListrTask } from 'listr2';
import type { Api } from './api.js';
import {
  acceptTerms,
  followToCredentials,
  reportOrganization,
  requestProvider,
  type Status,
  type Tokens,
} from './journey.js';

interface Journey {
  providerId: string;
  status: Status | undefined;
}

/** Makes one provider and answers with its status once credentials are issued; throws when it halts. */
export async function tell(api: Api, tokens: Tokens, name: string, key: string): Promise<Status> {
  const watched = openWatched();
  const journey: Journey = { providerId: '', status: undefined };
  const tasks = new Listr<Journey>(
    [
      { title: 'Report the facts about the organization acme', task: () => reportOrganization(api, tokens) },
      {
        title: `Request the provider ${name}`,
        async task(context, task) {
          context.providerId = await requestProvider(api, tokens, name, key);
          task.title = `Request the provider ${name} (${context.providerId})`;
        },
      },
      {
        title: "Accept the reseller's and AWS's terms",
        async task(context, task) {
          const accepted = await acceptTerms(api, tokens, context.providerId);
          task.title = `Accept the terms: ${accepted.map((d) => `${d.party} ${d.version}`).join(', ')}`;
        },
      },
      {
        title: 'Make the account',
        async task(context, task) {
          const following = followToCredentials(api, tokens, context.providerId, watched.saw);
          following.then((status) => Object.assign(context, { status }), watched.failed);
          const { steps } = await watched.first;
          return task.newListr(
            steps.map((step) => stepTask(watched, step.step, step.title)),
            { concurrent: true, exitOnError: true },
          );
        },
      },
    ],
    {
      registerSignalListeners: false,
      rendererOptions: { collapseSubtasks: false, timer: { condition: () => true, field: seconds } },
    },
  );
  await tasks.run(journey);
  if (!journey.status) throw new Error('The provider ended without credentials.');
  return journey.status;
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)}s`;

interface Watched {
  readonly saw: (status: Status) => void;
  readonly failed: (error: unknown) => void;
  readonly first: Promise<Status>;
  /** Calls back with each status until the answer is true; rejects when the journey failed. */
  until(done: (status: Status) => boolean): Promise<void>;
}

/** The latest status, told to whoever waits for something in it. */
function openWatched(): Watched {
  const waiting = new Set<{ check: (status: Status) => void; fail: (error: unknown) => void }>();
  let latest: Status | undefined;
  const until = (done: (status: Status) => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const waiter = {
        check(status: Status): void {
          if (!done(status)) return;
          waiting.delete(waiter);
          resolve();
        },
        fail: reject,
      };
      waiting.add(waiter);
      if (latest) waiter.check(latest);
    });
  return {
    saw(status) {
      latest = status;
      for (const { check } of [...waiting]) check(status);
    },
    failed(error) {
      for (const { fail } of waiting) fail(error);
    },
    first: until(() => true).then(() => latest as Status),
    until,
  };
}

function stepTask(watched: Watched, step: string, title: string): ListrTask<Journey> {
  return {
    title,
    async task(_, task) {
      await watched.until((status) => {
        const at = status.steps.find((s) => s.step === step);
        const waitsFor = at?.state === 'waiting' ? at.waitsFor : undefined;
        if (waitsFor !== undefined && task.output !== waitsFor) task.output = waitsFor;
        return at?.state === 'done';
      });
    },
  };
}
