/** Managed policies attached to roles, users and groups. */
import type { Call, Operations } from '../engine/core.js';
import { awsManagedPolicy } from './aws-managed-policies.js';
import { kinds, type ManagedPolicyDocument } from './documents.js';
import { limitExceeded, noSuchEntity } from './errors.js';
import { optionalText, policyArn } from './input.js';
import { amend, changeable, type Owner, seen } from './owners.js';
import { page } from './pages.js';

/** Managed policies on one owner. Source: IAM User Guide, IAM and AWS STS quotas. */
const most = 10;

/** AttachRolePolicy, DetachRolePolicy, ListAttachedRolePolicies, or the same of users or groups. Source: IAM API. */
export function attachmentOperations(owner: Owner): Operations {
  const { title } = owner;
  return {
    [`Attach${title}Policy`](call) {
      const { attached } = changeable(call, owner);
      const arn = policyArn(call);
      if (!policyName(call, arn)) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
      if (attached.includes(arn)) return {};
      if (attached.length >= most) throw limitExceeded(`Cannot exceed quota for PoliciesPer${title}: ${most}`);
      amend(call, owner, { attached: [...attached, arn] });
      return {};
    },
    [`Detach${title}Policy`](call) {
      const { attached } = changeable(call, owner);
      const arn = policyArn(call);
      if (!attached.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
      amend(call, owner, { attached: attached.filter((other) => other !== arn) });
      return {};
    },
    [`ListAttached${title}Policies`](call) {
      const prefix = optionalText(call, 'PathPrefix') ?? '/';
      const policies = seen(call, owner)
        .attached.filter((arn) => pathOf(arn).startsWith(prefix))
        .map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn }));
      return page(call, 'AttachedPolicies', policies);
    },
  };
}

/** `/a/b/` of `arn:aws:iam::123456789012:policy/a/b/name`. */
const pathOf = (arn: string): string => arn.slice(arn.indexOf('/'), arn.lastIndexOf('/') + 1);

/** The name of a policy that this account can attach: its own, or one that AWS keeps. */
const policyName = (call: Call, arn: string): string | undefined =>
  (call.documents.get<ManagedPolicyDocument>(kinds.policy, call.account, arn) ?? awsManagedPolicy(arn))?.policyName;
