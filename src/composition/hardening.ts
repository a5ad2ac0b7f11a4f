/** The hardening of accounts in use: what they are held to, and what is done about what has drifted. */
import type { HardeningParts } from '../application/hardening/hardening-parts.js';
import type { HardeningLooks } from '../application/ports/hardening-looks.js';
import type { Streams } from '../application/streams/streams.js';
import type { Config } from '../config/config.js';
import { partsUnder } from '../domain/baseline/known-baselines.js';
import { baselineVersion } from '../domain/baseline/settings.js';
import { canonicalText } from '../domain/canonical-json.js';
import type { OwnPolicy } from '../domain/guardrails/plan.js';
import { baselineSteps } from '../domain/provider/steps.js';
import { digestOf } from '../infrastructure/aws/baseline/digests.js';
import type { AwsAccess, AwsSettings } from '../infrastructure/aws/calls/clients.js';
import { openHardening } from '../infrastructure/aws/hardening/account.js';
import { appliedGuardrails } from './guardrails.js';

interface Parts {
  readonly config: Pick<Config, 'hardening'>;
  readonly access: AwsAccess;
  readonly settings: AwsSettings;
  /** The guardrails of this version. */
  readonly desired: readonly OwnPolicy[];
  readonly streams: Pick<Streams, 'load'>;
  readonly looks: HardeningLooks;
}

/** What the saga and the calls about it work with; no call is made yet. */
export function hardeningOf({ config, access, settings, desired, streams, looks }: Parts): HardeningParts {
  const { prefix, resellerName, automationRoleArn, baseline } = settings;
  const under = { prefix, resellerName, automationRoleArn, ...baseline };
  const applied = appliedGuardrails(streams);
  return {
    aws: openHardening({ access, settings }),
    looks,
    repairs: config.hardening,
    guardrails: settings.guardrails,
    wanted: async (payerId) => (await applied(payerId)) ?? desired,
    applied: async (payerId) => (await applied(payerId)) ?? [],
    baseline: { version: baselineVersion, content: canonicalText(partsUnder(under, baselineSteps)) },
    digestOf,
  };
}
