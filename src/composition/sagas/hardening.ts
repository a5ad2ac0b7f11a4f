/** The hardening of accounts in use: what they are held to, and what is done about what has drifted. */

import type { HardeningService } from '../../application/hardening/hardening-calls.js';
import type { HardeningLooks } from '../../application/ports/hardening-looks.js';
import type { Streams } from '../../application/streams/streams.js';
import type { Config } from '../../config/config.js';
import { awsSettings } from '../../config/settings-of.js';
import { partsUnder } from '../../domain/baseline/known-baselines.js';
import { baselineVersion } from '../../domain/baseline/settings.js';
import { canonicalText } from '../../domain/canonical-json.js';
import { baselineSteps } from '../../domain/provider/steps.js';
import { digestOf } from '../../infrastructure/aws/baseline/digests.js';
import type { AwsAccess } from '../../infrastructure/aws/calls/clients.js';
import { payerRoleOf } from '../../infrastructure/aws/calls/payer-role.js';
import { openHardening } from '../../infrastructure/aws/hardening/account.js';
import { appliedGuardrails, guardrailsOf } from './guardrails.js';
import type { Sagas } from './sagas.js';

interface Parts {
  readonly config: Config;
  readonly access: AwsAccess;
  readonly streams: Pick<Streams, 'load'>;
  readonly looks: HardeningLooks;
}

/**
 * The guardrails of the payers, and what the saga and the calls about hardening work with; no call is made yet. A look that
 * is asked for waits until the sagas run.
 */
export function heldOf({ config, access, streams, looks }: Parts, running: () => Sagas | undefined) {
  const guardrails = guardrailsOf(config, access);
  const settings = awsSettings(config);
  const { prefix, resellerName, automationRoleArn, baseline } = settings;
  const under = { prefix, resellerName, automationRoleArn, ...baseline };
  const applied = appliedGuardrails(streams);
  const hardening: HardeningService = {
    aws: openHardening({ access, settings }),
    looks,
    repairs: config.hardening,
    guardrails: settings.guardrails,
    wanted: async (payerId) => (await applied(payerId)) ?? guardrails.desired,
    applied: async (payerId) => (await applied(payerId)) ?? [],
    baseline: { version: baselineVersion, content: canonicalText(partsUnder(under, baselineSteps)) },
    digestOf,
    payerRoleOf: (wayIn) => payerRoleOf(settings.payers, wayIn),
    nudge: (providerId) => running()?.checkHardening(providerId),
  };
  return { guardrails, hardening };
}
