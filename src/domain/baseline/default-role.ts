/** Whom the role lets in that AWS Organizations makes in each new account: an administrator who nobody in the account made. */
import { wayInRoleName } from './names.js';
import { type Desired, ours } from './objects.js';
import { type PolicyDocument, policy } from './policy-document.js';
import type { BaselineSettings, DefaultRole } from './settings.js';

const byDefault: DefaultRole = { trusts: 'named-roles', breakGlassRole: '' };

const why = {
  'named-roles': 'Of the whole payer, only the role of the automation and the one for emergencies get in.',
  payer: 'Whoever the payer lets gets in, as AWS makes it, and nobody else.',
};

/** Nothing where the account has no default role that trusts a payer of ours. */
export function defaultRole({
  payerRoleArn,
  defaultRole: chosen = byDefault,
}: BaselineSettings): readonly Desired<'role-trust'>[] {
  if (payerRoleArn === undefined) return [];
  return [ours('role-trust', wayInRoleName, 'global', { trust: trustOf(payerRoleArn, chosen) }, why[chosen.trusts])];
}

/**
 * The automation's role in the payer stays, because it is the way in when our own role is broken. The account is the principal
 * and a condition names the roles, so that a role that is deleted and made again gets in as before.
 * Source: IAM User Guide, Principal element; Organizations User Guide, OrganizationAccountAccessRole, trust policy.
 */
function trustOf(payerRoleArn: string, { trusts, breakGlassRole }: DefaultRole): PolicyDocument {
  const payer = payerRoleArn.split(':')[4];
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${payer}:root` },
    Action: 'sts:AssumeRole',
  } as const;
  if (trusts === 'payer') return policy({ Sid: 'TrustPayer', ...statement });
  const emergency = breakGlassRole === '' ? [] : [`arn:aws:iam::${payer}:role/${breakGlassRole}`];
  const roles = [...new Set([payerRoleArn, ...emergency])];
  return policy({ Sid: 'TrustNamedRoles', ...statement, Condition: { ArnEquals: { 'aws:PrincipalArn': roles } } });
}
