/** The organization of a payer: features, policy types, trusted access, root access, units, and the guardrails over customers. */
import { DescribeOrganizationalUnitCommand, type Organization } from '@aws-sdk/client-organizations';
import { guardrails } from '../../../domain/guardrails/service-control-policies.js';
import type { AwsSettings } from '../calls/clients.js';
import { classify } from '../calls/errors.js';
import type { PayerClients } from '../calls/payer-clients.js';
import { guardrailsOverUnit } from '../guardrails/guardrails-over.js';
import { guardrailSettings } from '../guardrails/link-payer.js';
import { featuresOf, isTrusted, rootOf } from '../guardrails/observe-organization.js';
import { about, type CheckResult, type Finding, looked } from './check-result.js';

export interface PayerLook {
  readonly id: string;
  readonly clients: Pick<PayerClients, 'organizations' | 'iam'>;
  readonly settings: AwsSettings;
  /** Ids of units by what the configuration calls them. */
  readonly units: Readonly<Record<string, string>>;
  readonly customersUnit: string;
  readonly accountId: string;
  readonly abortSignal: AbortSignal;
}

const byGuardrails = (id: string): string =>
  `The service switches it on with the guardrails: npm run guardrails -- plan --payer ${id} shows what it would do, apply does it.`;
const unread = { level: 'error', advice: "Give the payer's role the policies of deploy/iam." } as const;

/** What the organization says of itself. Source: Organizations API, DescribeOrganization. */
export function organizationLines(
  look: PayerLook,
  { FeatureSet, MasterAccountId, Id }: Organization,
): readonly CheckResult[] {
  const features = about(look.id, 'features');
  const management = about(look.id, 'management account');
  return [
    FeatureSet === 'ALL'
      ? features.ok(`all features of ${Id}`)
      : features.error(`${Id} has ${FeatureSet ?? 'none'}`, 'Enable all features in the console of AWS Organizations.'),
    MasterAccountId === look.accountId
      ? management.ok(look.accountId)
      : management.error(
          `${look.accountId} belongs to the organization of ${MasterAccountId}`,
          'payers[].accountId must be the management account: nobody else may make accounts.',
        ),
  ];
}

/** Every look at the organization, side by side. */
export const organizationLooks = (look: PayerLook): readonly Promise<CheckResult>[] => [
  looked(about(look.id, 'service control policies'), unread, (finding) => policyType(look, finding)),
  looked(about(look.id, 'trusted access of IAM'), unread, (finding) => trustedAccess(look, finding)),
  looked(about(look.id, 'centralized root access'), unread, (finding) => rootAccess(look, finding)),
  ...Object.entries(look.units).map(([what, unit]) =>
    looked(about(look.id, what), unread, (finding) => unitCheck(look, finding, unit)),
  ),
  looked(about(look.id, 'guardrails'), unread, (finding) => guardrailCheck(look, finding)),
];

async function policyType({ clients, abortSignal, id }: PayerLook, finding: Finding): Promise<CheckResult> {
  const { policyTypeEnabled } = await rootOf(clients.organizations, abortSignal);
  return policyTypeEnabled ? finding.ok('enabled') : finding.error('not enabled', byGuardrails(id));
}

async function trustedAccess({ clients, abortSignal, id }: PayerLook, finding: Finding): Promise<CheckResult> {
  if (await isTrusted(clients.organizations, abortSignal)) return finding.ok('given');
  return finding.error('not given', byGuardrails(id));
}

/** New accounts have no root credentials only where this is on. Source: IAM API, ListOrganizationsFeatures. */
async function rootAccess({ clients, abortSignal, id }: PayerLook, finding: Finding): Promise<CheckResult> {
  const wanted = ['RootCredentialsManagement', 'RootSessions'];
  const on = await featuresOf(clients.iam, abortSignal);
  const off = wanted.filter((feature) => !on.includes(feature));
  return off.length === 0
    ? finding.ok(wanted.join(' and '))
    : finding.error(`${off.join(' and ')} off`, byGuardrails(id));
}

async function unitCheck({ clients, abortSignal }: PayerLook, finding: Finding, unit: string): Promise<CheckResult> {
  const command = new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: unit });
  try {
    const { OrganizationalUnit } = await clients.organizations.send(command, { abortSignal });
    return finding.ok(`${unit}, named ${OrganizationalUnit?.Name ?? ''}`);
  } catch (error) {
    if (classify(error).code !== 'OrganizationalUnitNotFound') throw error;
    return finding.error(
      `${unit} is not there`,
      "Make the unit, or write the id of one that is there into the payer's section.",
    );
  }
}

/** Whether those of this version bind accounts that lie in the unit. */
async function guardrailCheck({ id, clients, settings, customersUnit, abortSignal }: PayerLook, finding: Finding) {
  const wanted = guardrails(guardrailSettings(settings));
  const { problems, names } = await guardrailsOverUnit(
    clients.organizations,
    { unit: customersUnit, wanted },
    abortSignal,
  );
  if (problems.length === 0) return finding.ok(names.join(', '));
  const advice = `Apply them: npm run guardrails -- plan --payer ${id} shows what is missing, apply brings it.`;
  return finding[settings.guardrails === 'required' ? 'error' : 'warning'](problems.join('; '), advice);
}
