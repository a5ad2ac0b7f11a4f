/** The hardening of accounts that nobody can look at, for tests and benchmarks in which nothing asks AWS. */
import type { HardeningService } from '../../src/application/hardening/hardening-calls.js';
import { AccountUnseen } from '../../src/application/ports/hardening.js';
import { partsUnder } from '../../src/domain/baseline/known-baselines.js';
import { baselineVersion } from '../../src/domain/baseline/settings.js';
import { canonicalText } from '../../src/domain/canonical-json.js';
import { baselineSteps } from '../../src/domain/provider/steps.js';
import { digestOf } from '../../src/infrastructure/aws/baseline/digests.js';

const unseen = async (): Promise<never> => {
  throw new AccountUnseen('AWS is not reachable in this test.', undefined, undefined);
};

const under = {
  prefix: 'CTL',
  resellerName: 'CenturyLink',
  automationRoleArn: 'arn:aws:iam::210987654321:role/PartnerCloudAutomation',
  homeRegion: 'us-east-1',
  regions: ['us-east-1', 'eu-west-1'],
  securedRegions: ['us-east-1'],
};

/** Nobody has ever looked; `nudge` hears who is to be looked at. */
export function unseenAccounts(nudge: (providerId: string) => void = () => undefined): HardeningService {
  return {
    nudge,
    aws: { unbound: unseen, drift: unseen, secondFactor: unseen, reapply: unseen, takePermissions: unseen },
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
    payerRoleOf: () => 'arn:aws:iam::111122223333:role/PartnerCloudVending',
  };
}
