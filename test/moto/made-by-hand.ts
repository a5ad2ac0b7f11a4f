/** What moto makes otherwise than AWS does, made by hand as AWS would have made it. */
import { CreateRoleCommand, type IAMClient } from '@aws-sdk/client-iam';

const service = 'config.amazonaws.com';

/**
 * The service-linked role of AWS Config. moto's CreateServiceLinkedRole calls it AWSServiceRoleForconfig; AWS's name has a
 * capital letter. Source: AWS Config guide, Using service-linked roles.
 */
export async function makeServiceLinkedRole(iam: IAMClient): Promise<void> {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  };
  const Path = `/aws-service-role/${service}/`;
  const role = { RoleName: 'AWSServiceRoleForConfig', Path, AssumeRolePolicyDocument: JSON.stringify(trust) };
  await iam.send(new CreateRoleCommand(role));
}
