/** The guardrails of the configured reseller and its payers, and which of them operators have applied. */
import type { GuardrailParts } from '../../application/guardrails/payer-plans.js';
import { payerGuardrails } from '../../application/streams/aggregates.js';
import { KeyedMutex } from '../../application/streams/keyed-mutex.js';
import type { Streams } from '../../application/streams/streams.js';
import type { Config } from '../../config/config.js';
import { awsSettings, guardrailUnits } from '../../config/settings-of.js';
import { appliedAt } from '../../domain/guardrails/payer-guardrails.js';
import type { OwnPolicy } from '../../domain/guardrails/plan.js';
import { guardrails } from '../../domain/guardrails/service-control-policies.js';
import type { AwsAccess } from '../../infrastructure/aws/calls/clients.js';
import { guardrailSettings } from '../../infrastructure/aws/guardrails/link-payer.js';
import { openOrganizations } from '../../infrastructure/aws/guardrails/organizations.js';

/** What plans are made of. Throws `OversizeGuardrail` for a configuration whose guardrails AWS would not take. */
export const guardrailsOf = (config: Config, access: AwsAccess): GuardrailParts => ({
  organizations: openOrganizations(access),
  desired: guardrails(guardrailSettings(awsSettings(config))),
  units: guardrailUnits(config),
  turns: new KeyedMutex(),
});

/** The policies that an operator applied over a payer's customers last; `undefined` where nobody has. */
export const appliedGuardrails =
  (streams: Pick<Streams, 'load'>) =>
  async (payerId: string): Promise<readonly OwnPolicy[] | undefined> =>
    appliedAt((await streams.load(payerGuardrails, payerId)).state, 'customers')?.policies;
