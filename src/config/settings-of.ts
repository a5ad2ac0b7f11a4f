/** The parts of the configuration as the application and the AWS adapter want them. */
import type { Settings } from '../application/dependencies.js';
import type { OwnAccessPayer, OwnAccessSettings } from '../domain/own-access/statements.js';
import type { AwsSettings } from '../infrastructure/aws/calls/settings.js';
import type { Config } from './settings.js';

const hourMs = 3_600_000;

/** Where the guardrails of each payer belong. */
export const guardrailUnits = ({ payers }: Config) =>
  payers.map(({ id, customersUnit, canaryUnit }) => ({ id, customersUnit, canaryUnit }));

export function applicationSettings({ reseller, territories, payers, rootEmailPattern, limits }: Config): Settings {
  return { reseller, territories, payers, rootEmailPattern, limits };
}

/** Where the HTTP side listens and what it bounds. */
export function httpSettings({ server, limits }: Config) {
  const { liveConnectionsPerCaller: mostOpenPerCaller, liveConnectionsPerOrganization: mostOpenPerOrganization } =
    limits;
  return { ...server, calls: limits, live: { mostOpenPerCaller, mostOpenPerOrganization } };
}

/** What the web console is told before anybody signs in. */
export const consoleSettings = ({ console: { issuer, clientId }, reseller }: Config) => {
  const { name, prefix, contact, analyticsUrl, monitoringUrl } = reseller;
  return { issuer, clientId, reseller: { name, prefix, contact, analyticsUrl, monitoringUrl } };
};

export function awsSettings({
  aws,
  payers,
  reseller,
  baseline,
  guardrails,
  liveProof,
  purchases,
  credentials,
}: Config): AwsSettings {
  return {
    ...aws,
    payers,
    prefix: reseller.prefix,
    resellerName: reseller.name,
    baseline: { ...baseline, purchases },
    guardrails,
    liveProof,
    credentialLifetimeMs: credentials.lifetimeHours * hourMs,
  };
}

/** Where nothing is configured, what the comments of the configuration name. */
const exampleBucket = 'reseller-audit-heads';
const exampleTopic = 'arn:aws:sns:us-east-1:210987654321:partner-cloud-operators';

/** What the policies of the service itself depend on. */
export function ownAccessSettings({ aws, reseller, vault, audit, notices, payers }: Config): {
  readonly settings: OwnAccessSettings;
  readonly payers: readonly OwnAccessPayer[];
} {
  const { bucket = exampleBucket, prefix = '' } = audit.archive ?? {};
  return {
    settings: {
      automationRoleArn: aws.automationRoleArn,
      prefix: reseller.prefix,
      vault: { region: vault.region || aws.region, prefix: vault.prefix, kmsKeyId: vault.kmsKeyId },
      archive: { bucket, prefix },
      topics: notices.length > 0 ? notices.map(({ topic }) => topic) : [exampleTopic],
    },
    payers: payers.map((payer) => ({ ...payer, units: ownUnits(payer) })),
  };
}

const ownUnits = ({ customersUnit, leavingUnit, canaryUnit }: Config['payers'][number]) => ({
  guarded: [customersUnit, canaryUnit].filter(Boolean),
  all: [customersUnit, leavingUnit, canaryUnit].filter(Boolean),
});
