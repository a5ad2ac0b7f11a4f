/** The journey as a list of tasks that a person can watch; each step of the provider is a line of its own. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Listr, type ListrTask, PRESET_TIMER } from 'listr2';
import type { Provider } from '../../client/generated/types.gen.js';
import type { Api } from '../client/api.js';
import { acceptTerms, followToCredentials, reportOrganization, requestProvider, type Tokens } from './journey.js';
import type { Notices } from './notices.js';
import { openWatched, type Watched } from './watched.js';

interface Journey {
  providerId: string;
  /** Resolves once credentials are issued; there once the account is being made. */
  made: Promise<Provider> | undefined;
}

export interface Telling {
  readonly name: string;
  /** The idempotency key of the request. */
  readonly key: string;
  readonly notices: Notices;
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)}s`;
const timer = { ...PRESET_TIMER, field: seconds };

/** Makes one provider and answers with its status once credentials are issued; throws when it halts. */
export async function tell(api: Api, tokens: Tokens, { name, key, notices }: Telling): Promise<Provider> {
  const journey: Journey = { providerId: '', made: undefined };
  const tasks = [...requesting(api, tokens, name, key), making(api, tokens)].map((task) => heard(task, notices));
  const list = new Listr<Journey>(tasks, {
    registerSignalListeners: false,
    rendererOptions: { collapseSubtasks: false, timer },
    fallbackRendererOptions: { timer },
  });
  try {
    await list.run(journey);
  } finally {
    notices.restore();
  }
  if (!journey.made) throw new Error('The account was never begun.');
  return journey.made;
}

/** While a task runs, notices stand under its line, and stay there. */
function heard(task: ListrTask<Journey>, notices: Notices): ListrTask<Journey> {
  return {
    ...task,
    rendererOptions: { outputBar: Number.POSITIVE_INFINITY, persistentOutput: true },
    async task(journey, self) {
      notices.divert((line) => {
        self.output = line;
      });
      return task.task(journey, self);
    },
  };
}

function requesting(api: Api, tokens: Tokens, name: string, key: string): readonly ListrTask<Journey>[] {
  return [
    { title: 'Report the facts about the organization acme', task: () => reportOrganization(api, tokens) },
    {
      title: `Request the provider ${name}`,
      async task(journey, task) {
        journey.providerId = await requestProvider(api, tokens, name, key);
        task.title = `Request the provider ${name} (${journey.providerId})`;
      },
    },
    {
      title: "Accept the reseller's and AWS's terms",
      async task(journey, task) {
        const accepted = await acceptTerms(api, tokens, journey.providerId);
        task.title = `Accept the terms: ${accepted.map((d) => `${d.party} ${d.version}`).join(', ')}`;
      },
    },
  ];
}

const making = (api: Api, tokens: Tokens): ListrTask<Journey> => ({
  title: 'Make the account',
  async task(journey, task) {
    const watched = openWatched();
    journey.made = followToCredentials(api, tokens, journey.providerId, watched.saw);
    journey.made.catch(watched.failed);
    const { steps } = await watched.first;
    const list = task.newListr(
      steps.map(({ step, title }) => stepTask(watched, step, title)),
      { concurrent: true, exitOnError: true },
    );
    steps.forEach(({ step }, index) => {
      const line = list.tasks[index];
      if (line) startWith(line, () => begun(watched, step));
    });
    return list;
  },
});

/** A concurrent list starts all its tasks at once, and then all lines spin; this one is to spin when its step has begun. */
function startWith<A extends unknown[]>(line: { run(...args: A): Promise<void> }, begun: () => Promise<void>): void {
  const run = line.run.bind(line);
  line.run = async (...args) => {
    await begun();
    // What ended with the same news is shown first.
    await nextTurn();
    return run(...args);
  };
}

const begun = (watched: Watched, step: string): Promise<void> =>
  watched.until(({ steps }) => steps.find((each) => each.step === step)?.state !== 'pending');

function stepTask(watched: Watched, step: string, title: string): ListrTask<Journey> {
  return {
    title,
    async task(_, task) {
      let told: string | undefined;
      await watched.until((status) => {
        const at = status.steps.find((each) => each.step === step);
        if (at?.state === 'halted') throw new Error(status.halt?.words ?? `${title}: halted`);
        const waitsFor = at?.state === 'waiting' ? at.waitsFor : undefined;
        if (waitsFor !== undefined && told !== waitsFor) task.output = waitsFor;
        told = waitsFor;
        return at?.state === 'done';
      });
    },
  };
}
