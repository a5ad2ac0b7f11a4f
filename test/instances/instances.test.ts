/** Three instances on one log, as processes: whichever acts is killed or stopped again and again, and nothing is done twice or left. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openApi } from '../../src/cli/client/api.js';
import { readProvider } from '../../src/client/generated/sdk.gen.js';
import { type Instance, type Instances, startInstance, startInstances } from '../support/instances.js';
import { acceptedProvider } from '../support/service.js';
import { controlOf } from '../support/simulator.js';
import { until } from '../support/waiting.js';

/** As often as wished; each costs the seconds of a lease. */
const holdersLost = Number(process.env.HOLDERS_LOST ?? 4);

/** It waits until the customer has signed in. */
const lastStep = 'SettleCredentials';

let started: Instances;

beforeEach(async () => {
  started = await startInstances(['a', 'b', 'c']);
});
afterEach(() => started.end());

/** Gone at once, or frozen until another acts and then awake again, as a machine that was suspended. */
async function lose(lost: Instance, how: 'killed' | 'frozen'): Promise<void> {
  const others = started.instances.filter((each) => each !== lost);
  lost.program.child.kill(how === 'killed' ? 'SIGKILL' : 'SIGSTOP');
  lost.holds = false;
  await until(
    async () => others.some(({ holds }) => holds),
    (taken) => taken,
  );
  if (how === 'frozen') {
    lost.program.child.kill('SIGCONT');
    return;
  }
  await lost.program.ended;
  // Whoever is asked next may be this one.
  await startInstance(lost).program.line(/"partner-cloud is ready\."/);
}

/** An instance that does not act, where there is one. */
const another = (than: Instance | undefined): Instance => {
  const [first, second] = started.instances;
  if (!first || !second) throw new Error('Three instances are wanted.');
  return first === than ? second : first;
};

test(
  `${holdersLost} holders are lost one after the other: each provider has one account, and every step is done`,
  async () => {
    const { grounds, aws, instances, holder } = started;
    const ids: string[] = [];
    for (let n = 0; n < holdersLost; n++) {
      const lost = await holder();
      const { url } = another(lost);
      ids.push(await acceptedProvider(openApi(url), grounds.tokens, `Account-${n}`));
      await lose(lost, n % 2 === 0 ? 'killed' : 'frozen');
    }
    const statusOf = async (id: string, { url }: Instance) =>
      (await readProvider({ ...openApi(url).as(grounds.tokens.administrator), path: { id } })).data;
    for (const id of ids) {
      const status = await until(
        () => statusOf(id, another(undefined)),
        ({ stage, steps }) =>
          stage === 'active' && steps.every(({ step, state }) => state === 'done' || step === lastStep),
      );
      expect([status.stage, status.halt]).toEqual(['active', undefined]);
    }
    const made = (await controlOf(aws.url).accounts()).filter(({ email }) => email.startsWith('aws+'));
    expect(made).toHaveLength(ids.length);
    const told = await Promise.all(instances.map((each) => statusOf(ids[0] ?? '', each)));
    expect(new Set(told.map(({ account }) => account?.id)).size).toBe(1);
  },
  300_000 + holdersLost * 75_000,
);
