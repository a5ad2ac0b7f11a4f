/** The simulated AWS as the reseller's people use it: through the payer's role, or through the account's own. */
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { world } from '../../../src/simulator/world/world.js';
import { controlOf } from '../../support/simulator.js';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const settings = (endpoint: string, credentials: Keys) => ({ endpoint, credentials, region: 'us-east-1' });

async function assume(url: string, RoleArn: string, keys: Keys): Promise<Keys> {
  const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'operator' });
  const { Credentials: made } = await new STSClient(settings(url, keys)).send(command);
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '', SessionToken = '' } = made ?? {};
  return { accessKeyId, secretAccessKey, sessionToken: SessionToken };
}

/** The organization that the account is in, as its payer. */
export async function organizationOf(url: string, account: string): Promise<OrganizationsClient> {
  const { organization } = (await controlOf(url).accounts()).find(({ id }) => id === account) ?? {};
  const keys = await assume(url, `arn:aws:iam::${organization}:role/${world.vendingRole}`, world.key);
  return new OrganizationsClient(settings(url, keys));
}
