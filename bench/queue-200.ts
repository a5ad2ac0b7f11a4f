/** Two hundred accounts asked for at once over two payers with five slots each, against slots that are never empty. */
import type { Benchmark } from './benchmark.js';
import { at } from './critical-path.js';
import { settings } from './settings.js';
import { type History, recordedAt, stated, vend } from './vending.js';

const slots = settings.payers.reduce((sum, { creationsAtOnce }) => sum + creationsAtOnce, 0);

export const benchmark: Benchmark = {
  name: 'queue-200',
  // On a clock that jumps a second round says the same, and each takes minutes of CPU.
  rounds: 1,
  figures: [{ unit: 's (virtual)', better: 'lower', marks: [{ on: 'ratio', at: 1.1 }] }],
  async open(smoke) {
    const accounts = smoke ? 20 : 200;
    return {
      async ours() {
        const { history } = await vend(accounts, (sofar) => created(sofar).length === accounts);
        const last = Math.max(...created(history).map(recordedAt));
        return [(last - at(history, 'TermsAccepted')) / 1_000];
      },
      baseline: async () => [((accounts / slots) * stated.createAccountMs) / 1_000],
      close: async () => undefined,
    };
  },
};

const created = (history: History): History => history.filter(({ event }) => event.type === 'AccountCreated');
