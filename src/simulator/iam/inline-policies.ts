/** Policies written into a role, user or group itself. */
import type { Operations } from '../engine/core.js';
import { limitExceeded, noSuchEntity } from './errors.js';
import { name, text } from './input.js';
import { amend, changeable, nameOf, type Owner, seen } from './owners.js';
import { page } from './pages.js';
import { checkedPolicy, encoded, sizeOf } from './policy-checks.js';

/** PutRolePolicy, GetRolePolicy, DeleteRolePolicy, ListRolePolicies, or the same of users or groups. Source: IAM API. */
export function inlinePolicyOperations(owner: Owner): Operations {
  const { kind, title, inlineSize } = owner;
  const absent = (policy: string) => noSuchEntity(`The ${kind} policy with name ${policy} cannot be found.`);
  return {
    [`Put${title}Policy`](call) {
      const policy = name(call, 'PolicyName');
      const document = text(call, 'PolicyDocument');
      const inline = { ...changeable(call, owner).inline, [policy]: document };
      checkedPolicy(document, 'identity');
      const size = Object.values(inline).reduce((sum, each) => sum + sizeOf(each), 0);
      if (size > inlineSize) {
        throw limitExceeded(`Maximum policy size of ${inlineSize} bytes exceeded for ${kind} ${nameOf(call, owner)}`);
      }
      amend(call, owner, { inline });
      return {};
    },
    [`Get${title}Policy`](call) {
      const policy = text(call, 'PolicyName');
      const document = seen(call, owner).inline[policy];
      if (document === undefined) throw absent(policy);
      return { [`${title}Name`]: nameOf(call, owner), PolicyName: policy, PolicyDocument: encoded(document) };
    },
    [`Delete${title}Policy`](call) {
      const policy = text(call, 'PolicyName');
      const { [policy]: removed, ...inline } = changeable(call, owner).inline;
      if (removed === undefined) throw absent(policy);
      amend(call, owner, { inline });
      return {};
    },
    [`List${title}Policies`]: (call) => page(call, 'PolicyNames', Object.keys(seen(call, owner).inline).sort()),
  };
}
