/** The hardening of accounts that nobody can look at, for tests and benchmarks in which nothing asks AWS. */
import type { HardeningService } from '../../src/application/hardening/hardening-calls.js';
import { RolloutProgress } from '../../src/application/hardening/rollout-progress.js';
import { AccountUnseen } from '../../src/application/ports/hardening.js';
import { partsUnder } from '../../src/domain/baseline/known-baselines.js';
import { baselineVersion } from '../../src/domain/baseline/settings.js';
import { canonicalText } from '../../src/domain/canonical-json.js';
import { baselineSteps } from '../../src/domain/provider/steps.js';
import { digestOf } from '../../src/infrastructure/aws/baseline/digests.js';
import { settingsFor } from './aws.js';

const unseen = async (): Promise<never> => {
  throw new AccountUnseen('AWS is not reachable in this test.', undefined, undefined);
};

/** Nobody has ever looked; `nudge` hears who is to be looked at. */
export function unseenAccounts(nudge: (providerId: string) => void = () => undefined): HardeningService {
  const { prefix, resellerName, automationRoleArn, baseline } = settingsFor('');
  const under = { prefix, resellerName, automationRoleArn, ...baseline };
  return {
    nudge,
    aws: { unbound: unseen, drift: unseen, reapply: unseen, takePermissions: unseen },
    looks: {
      latest: () => undefined,
      note: () => undefined,
      on: () => ({ outcomes: new Map() }),
      firstDay: () => undefined,
    },
    repairs: { drift: 'repair', identities: 'report' },
    guardrails: 'required',
    wanted: async () => [],
    applied: async () => [],
    baseline: { version: baselineVersion, content: canonicalText(partsUnder(under, baselineSteps)) },
    digestOf,
    rollout: new RolloutProgress(),
  };
}
