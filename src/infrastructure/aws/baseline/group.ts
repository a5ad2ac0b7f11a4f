/** A group of IAM users: exactly what its members may do. Who its members are is the customer's. */
import {
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  DeleteGroupPolicyCommand,
  DetachGroupPolicyCommand,
  GetGroupCommand,
  paginateListAttachedGroupPolicies,
  paginateListGroupPolicies,
} from '@aws-sdk/client-iam';
import type { Desired } from '../../../domain/baseline/objects.js';
import type { Json } from '../../../domain/canonical-json.js';
import { atRootPath } from '../calls/name-taken.js';
import { attachmentsAtOnce, difference, namesOf } from './attachments.js';
import { type KindAtAws, observedAs } from './object-kind.js';
import { type Reach, unless } from './reach.js';
import { sideBySide } from './side-by-side.js';

type Group = Desired<'group'>;

export const groupAtAws: KindAtAws<'group'> = {
  async observe({ clients, call }, object) {
    const GroupName = object.name;
    const by = { client: clients.iam };
    const attached = namesOf(paginateListAttachedGroupPolicies(by, { GroupName }, call), (page) =>
      page.AttachedPolicies?.map((policy) => policy.PolicyArn),
    );
    const policies = await unless(['NoSuchEntity'], attached);
    if (!policies) return observedAs(object, null);
    const command = new GetGroupCommand({ GroupName, MaxItems: 1 });
    const group = await unless(['NoSuchEntity'], clients.iam.send(command, call));
    atRootPath('group', GroupName, group?.Group?.Path, 'GetGroup');
    const inline = namesOf(paginateListGroupPolicies(by, { GroupName }, call), (page) => page.PolicyNames);
    return observedAs(object, { policies, inlinePolicies: (await unless(['NoSuchEntity'], inline)) ?? [] });
  },

  async create({ clients, call }, { name }) {
    await unless(['EntityAlreadyExists'], clients.iam.send(new CreateGroupCommand({ GroupName: name }), call));
  },

  complete: [attach],

  mend: { policies: attach, inlinePolicies: removeInline },
};

/** What is too much goes first, because a group carries ten policies at most. */
async function attach({ clients, call }: Reach, { name: GroupName, members }: Group, from: Json): Promise<void> {
  const { missing, extra } = difference(from, members.policies);
  await sideBySide(extra, attachmentsAtOnce, (PolicyArn) =>
    unless(['NoSuchEntity'], clients.iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn }), call)),
  );
  await sideBySide(missing, attachmentsAtOnce, (PolicyArn) =>
    clients.iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }), call),
  );
}

async function removeInline({ clients, call }: Reach, { name: GroupName, members }: Group, from: Json): Promise<void> {
  for (const PolicyName of difference(from, members.inlinePolicies).extra) {
    const command = new DeleteGroupPolicyCommand({ GroupName, PolicyName });
    await unless(['NoSuchEntity'], clients.iam.send(command, call));
  }
}
