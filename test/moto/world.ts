/** The reseller in moto's world: an automation account, a payer with an organization, the customers' unit and its guardrails. */
import {
  AttachPolicyCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { guardrails } from '../../src/domain/guardrails/service-control-policies.js';
import type { AwsSettings } from '../../src/infrastructure/aws/calls/settings.js';

const firstPayer = '111122223333';
const key = { accessKeyId: 'AKIAMOTO000000000001', secretAccessKey: 'moto' };
const roleArn = `arn:aws:iam::${firstPayer}:role/PartnerCloudVending`;

/** Makes the world; answers with the settings by which the service works in it. */
export async function furnishMoto(url: string): Promise<AwsSettings> {
  const organizations = await asPayer(url);
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const ParentId = (await organizations.send(new ListRootsCommand({}))).Roots?.[0]?.Id;
  await organizations
    .send(new EnablePolicyTypeCommand({ RootId: ParentId, PolicyType: 'SERVICE_CONTROL_POLICY' }))
    // moto has it enabled from the beginning.
    .catch(() => undefined);
  const unit = await organizations.send(new CreateOrganizationalUnitCommand({ ParentId, Name: 'customers' }));
  const customersUnit = unit.OrganizationalUnit?.Id ?? '';
  for (const { name: Name, why: Description, content: Content } of guardrails({ ...reseller, ...baseline })) {
    const made = new CreatePolicyCommand({ Name, Description, Content, Type: 'SERVICE_CONTROL_POLICY' });
    const PolicyId = (await organizations.send(made)).Policy?.PolicySummary?.Id;
    await organizations.send(new AttachPolicyCommand({ PolicyId, TargetId: customersUnit }));
  }
  const payer = { id: 'payer-1', accountId: firstPayer, roleArn, customersUnit, homeRegion: 'us-east-1' };
  return {
    ...{ endpoint: url, region: 'us-east-1', credentials: key, payers: [payer], ...reseller, baseline },
    ...{ guardrails: 'required', liveProof: 'required', credentialLifetimeMs: 3_600_000 },
  };
}

const reseller = {
  automationRoleArn: 'arn:aws:iam::123456789012:role/PartnerCloudAutomation',
  prefix: 'CTL',
  resellerName: 'CenturyLink',
};

const baseline = {
  homeRegion: 'us-east-1',
  regions: ['us-east-1'],
  securedRegions: ['us-east-1'],
  contacts: [
    { type: 'SECURITY', name: 'Desk', title: 'Security', email: 'security@reseller.example', phone: '+1 555 0100' },
  ],
} as const;

async function asPayer(endpoint: string): Promise<OrganizationsClient> {
  const region = 'us-east-1';
  const sts = new STSClient({ endpoint, region, credentials: key });
  const asked = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'moto' });
  const { Credentials } = await sts.send(asked);
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return new OrganizationsClient({ endpoint, region, credentials });
}
