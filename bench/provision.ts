/** From accepted terms to credentials on a virtual clock, against the critical path of the same calls. */
import { type Benchmark, type Course, rounds } from './benchmark.js';
import { at, criticalPathMs } from './critical-path.js';
import { type Vended, vend } from './vending.js';

export const benchmark: Benchmark = {
  name: 'provision',
  rounds,
  figures: [{ unit: 's (virtual)', better: 'lower', marks: [{ on: 'ratio', at: 1.15 }] }],
  async open(): Promise<Course> {
    let last: Vended | undefined;
    return {
      async ours() {
        last = await vend(1, (history) => history.some(({ event }) => event.type === 'CredentialsIssued'));
        return [(at(last.history, 'CredentialsIssued') - at(last.history, 'TermsAccepted')) / 1_000];
      },
      async baseline() {
        if (!last) throw new Error('The critical path is that of a run, so the run comes first.');
        return [criticalPathMs(last) / 1_000];
      },
      close: async () => undefined,
    };
  },
};
