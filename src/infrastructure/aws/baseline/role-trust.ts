/** Whom a role lets in that AWS made in the account; what else there is of it is left as AWS made it. */
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  GetRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import type { Desired } from '../../../domain/baseline/objects.js';
import { documentOf } from '../../../domain/baseline/policy-document.js';
import { awsPolicyArn } from '../../../domain/baseline/settings.js';
import { canonicalText } from '../../../domain/canonical-json.js';
import { type KindAtAws, observedAs } from './object-kind.js';
import { type Reach, unless } from './reach.js';

type Trust = Desired<'role-trust'>;

/** Source: IAM API, GetRole and UpdateAssumeRolePolicy. */
export const roleTrustAtAws: KindAtAws<'role-trust'> = {
  async observe({ clients, call }, object) {
    const command = new GetRoleCommand({ RoleName: object.name });
    const role = (await unless(['NoSuchEntity'], clients.iam.send(command, call)))?.Role;
    return observedAs(object, role ? { trust: documentOf(role.AssumeRolePolicyDocument ?? '{}') } : null);
  },

  async create({ clients, call }, { name, members }) {
    const AssumeRolePolicyDocument = canonicalText(members.trust);
    const command = new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument });
    await unless(['EntityAlreadyExists'], clients.iam.send(command, call));
  },

  /** One that had to be made again may do what AWS's own may. Source: Organizations User Guide, creating an account. */
  complete: [administer],
  mend: { trust: setTrust },
};

async function administer({ clients, call }: Reach, { name: RoleName }: Trust): Promise<void> {
  const PolicyArn = awsPolicyArn('AdministratorAccess');
  await clients.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }), call);
}

async function setTrust({ clients, call }: Reach, { name: RoleName, members }: Trust): Promise<void> {
  const PolicyDocument = canonicalText(members.trust);
  await clients.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }), call);
}
