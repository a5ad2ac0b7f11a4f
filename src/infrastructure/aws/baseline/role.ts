/** A role: whom it trusts and exactly what it may do. */
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import type { Desired } from '../../../domain/baseline/objects.js';
import { documentOf } from '../../../domain/baseline/policy-document.js';
import { canonicalText, type Json } from '../../../domain/canonical-json.js';
import { atRootPath } from '../calls/name-taken.js';
import { attachmentsAtOnce, difference, namesOf } from './attachments.js';
import { type KindAtAws, observedAs } from './object-kind.js';
import { type Reach, unless } from './reach.js';
import { sideBySide } from './side-by-side.js';

type Role = Desired<'role'>;

export const roleAtAws: KindAtAws<'role'> = {
  async observe({ clients, call }, object) {
    const RoleName = object.name;
    const answer = await unless(['NoSuchEntity'], clients.iam.send(new GetRoleCommand({ RoleName }), call));
    const role = answer?.Role;
    if (!role) return observedAs(object, null);
    atRootPath('role', RoleName, role.Path, 'GetRole');
    const by = { client: clients.iam };
    const [policies, inlinePolicies] = await Promise.all([
      namesOf(paginateListAttachedRolePolicies(by, { RoleName }, call), (page) =>
        page.AttachedPolicies?.map((policy) => policy.PolicyArn),
      ),
      namesOf(paginateListRolePolicies(by, { RoleName }, call), (page) => page.PolicyNames),
    ]);
    return observedAs(object, {
      trust: documentOf(role.AssumeRolePolicyDocument ?? '{}'),
      description: role.Description ?? '',
      maxSessionSeconds: role.MaxSessionDuration ?? null,
      policies,
      inlinePolicies,
    });
  },

  async create({ clients, call }, { name, members }) {
    const command = new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: canonicalText(members.trust),
      Description: members.description,
      MaxSessionDuration: members.maxSessionSeconds,
    });
    await unless(['EntityAlreadyExists'], clients.iam.send(command, call));
  },

  complete: [attach],

  mend: {
    trust: setTrust,
    description: setDescription,
    maxSessionSeconds: setDescription,
    policies: attach,
    inlinePolicies: removeInline,
  },
};

async function setTrust({ clients, call }: Reach, { name, members }: Role): Promise<void> {
  const PolicyDocument = canonicalText(members.trust);
  await clients.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument }), call);
}

async function setDescription({ clients, call }: Reach, { name, members }: Role): Promise<void> {
  const { description: Description, maxSessionSeconds: MaxSessionDuration } = members;
  await clients.iam.send(new UpdateRoleCommand({ RoleName: name, Description, MaxSessionDuration }), call);
}

/** What is too much goes first, because a role carries ten policies at most. */
async function attach({ clients, call }: Reach, { name: RoleName, members }: Role, from: Json): Promise<void> {
  const { missing, extra } = difference(from, members.policies);
  await sideBySide(extra, attachmentsAtOnce, (PolicyArn) =>
    unless(['NoSuchEntity'], clients.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }), call)),
  );
  await sideBySide(missing, attachmentsAtOnce, (PolicyArn) =>
    clients.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }), call),
  );
}

async function removeInline({ clients, call }: Reach, { name: RoleName, members }: Role, from: Json): Promise<void> {
  for (const PolicyName of difference(from, members.inlinePolicies).extra) {
    const command = new DeleteRolePolicyCommand({ RoleName, PolicyName });
    await unless(['NoSuchEntity'], clients.iam.send(command, call));
  }
}
