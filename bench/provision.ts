/** From accepted terms to credentials on a virtual clock, against the critical path of the same calls. */
import { depthOf } from '../src/domain/baseline/dependencies.js';
import { desiredState } from '../src/domain/baseline/desired-state.js';
import { beforeCredentials } from '../src/domain/provider/steps.js';
import { type Benchmark, type Course, rounds } from './benchmark.js';
import { at, criticalPathMs } from './critical-path.js';
import { aws } from './settings.js';
import { stated, type Vended, vend } from './vending.js';

const settings = { ...aws, ...aws.baseline, accountId: '123456789012' };
const objects = beforeCredentials.flatMap((step) => desiredState(step, settings));

/** How many calls the baseline took, and for how many of them, one after the other, it lasted. */
function baselineCalls({ history, calls }: Vended): readonly number[] {
  const [from, to] = [at(history, 'AccountReady'), at(history, 'BaselineApplied')];
  const made = calls.filter((call) => Date.parse(call.at) >= from && Date.parse(call.at) < to);
  return [made.length, (to - from) / stated.callMs];
}

/** Everything waits for our own role, which is an object of its own. */
const ownRoleFirst = (all: typeof objects): number => 1 + depthOf(all);

export const benchmark: Benchmark = {
  name: 'provision',
  rounds,
  figures: [
    { unit: 's (virtual)', better: 'lower', marks: [{ on: 'ratio', at: 1.15 }] },
    // Calls of the baseline against its objects, and calls that wait for one another against objects that do.
    { unit: 'calls', better: 'lower', marks: [{ on: 'ratio', at: 6 }] },
    { unit: 'calls in a row', better: 'lower', marks: [{ on: 'ratio', at: 4.5 }] },
  ],
  async open(): Promise<Course> {
    let last: Vended | undefined;
    return {
      async ours() {
        last = await vend(1, (history) => history.some(({ event }) => event.type === 'CredentialsIssued'));
        const seconds = (at(last.history, 'CredentialsIssued') - at(last.history, 'TermsAccepted')) / 1_000;
        return [seconds, ...baselineCalls(last)];
      },
      async baseline() {
        if (!last) throw new Error('The critical path is that of a run, so the run comes first.');
        return [criticalPathMs(last) / 1_000, objects.length, ownRoleFirst(objects)];
      },
      close: async () => undefined,
    };
  },
};
