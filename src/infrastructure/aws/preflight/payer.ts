/** Everything that must hold in a payer, looked at side by side once its role lets us in. */
import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { payerPolicy } from '../../../domain/own-access/payer.js';
import type { AwsAccess, AwsSettings } from '../calls/clients.js';
import { quotaChecks } from './account-quota.js';
import { about, type CheckResult, failedAtTheDoor, failureWords } from './check-result.js';
import { organizationLines, organizationLooks } from './organization.js';
import { permissionsLook } from './permissions.js';

/** A payer of the configuration. */
export interface PayerToLookAt {
  readonly id: string;
  readonly accountId: string;
  readonly roleArn: string;
  readonly customersUnit: string;
  readonly leavingUnit: string;
  /** Empty for none. */
  readonly canaryUnit: string;
  readonly accountsAllowed: number;
}

interface PayerParts {
  readonly access: AwsAccess;
  readonly settings: AwsSettings;
  readonly abortSignal: AbortSignal;
}

/** Reads only. Where the role does not let us in, that is the one line. */
export async function payerLines(payer: PayerToLookAt, parts: PayerParts): Promise<readonly CheckResult[]> {
  const { access, settings, abortSignal } = parts;
  const { id, roleArn, accountId, customersUnit, leavingUnit, canaryUnit, accountsAllowed } = payer;
  const clients = access.payer(id);
  const { organizations, iam } = clients;
  const quotas = clients.other((config) => new ServiceQuotasClient(config));
  const door = about(id, 'role');
  const units = {
    "customers' unit": customersUnit,
    'leaving unit': leavingUnit,
    ...(canaryUnit && { 'canary unit': canaryUnit }),
  };
  const look = { id, clients, settings, units, customersUnit, accountId, abortSignal };
  try {
    const { Organization } = await organizations.send(new DescribeOrganizationCommand({}), { abortSignal });
    const wanted = payerPolicy({ ...payer, units: { guarded: [customersUnit, canaryUnit].filter(Boolean), all: [] } });
    return [
      door.ok(`${roleArn} lets us in for an hour`),
      ...organizationLines(look, Organization ?? {}),
      ...(await Promise.all([
        ...organizationLooks(look),
        permissionsLook({ ...permissions(id), iam, roleArn, wanted, abortSignal }),
        ...quotaChecks({ id, organizations, quotas, accountsAllowed, abortSignal }),
      ])),
    ];
  } catch (error) {
    return [doorClosed(error, payer, settings)];
  }
}

const permissions = (of: string) => ({ of, what: 'permissions', file: `${of}.json`, lacking: 'error' }) as const;

function doorClosed(
  error: unknown,
  { id, roleArn, accountId }: PayerToLookAt,
  { automationRoleArn }: AwsSettings,
): CheckResult {
  const words = failureWords(error);
  if (failedAtTheDoor(error))
    return about(id, 'role').error(
      words,
      `Make ${roleArn} with the trust policy ${id}-trust.json of deploy/iam, and let ${automationRoleArn} assume it (automation.json).`,
    );
  return about(id, 'organization').error(
    words,
    `${accountId} must be the management account of an organization, and its role must have the policy ${id}.json of deploy/iam.`,
  );
}
