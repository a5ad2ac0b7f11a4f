/** Roles, users, groups, policies, passwords and MFA devices, as AWS CLI makes and reads them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AwsCli } from './cli.js';

const account = '210987654321';
const audit = 'arn:aws:iam::aws:policy/SecurityAudit';
const own = `arn:aws:iam::${account}:policy/ctl`;

const policy = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const trust = policy({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' });
const reading = policy({ Effect: 'Allow', Action: 's3:Get*', Resource: '*' });

export async function iamRow(cli: AwsCli): Promise<void> {
  await roles(cli);
  await policies(cli);
  await users(cli);
  await theAccount(cli);
}

async function roles(cli: AwsCli): Promise<void> {
  const created = { Role: { RoleName: 'ops', Path: '/', Arn: `arn:aws:iam::${account}:role/ops` } };
  await cli.good('iam create-role --role-name ops --assume-role-policy-document', created, trust);
  await cli.bad('iam create-role --role-name ops --assume-role-policy-document', 'EntityAlreadyExists', trust);
  await cli.bad('iam create-role --role-name bad --assume-role-policy-document', 'MalformedPolicyDocument', '{}');
  const bounded = `iam create-role --role-name bounded --permissions-boundary ${audit} --assume-role-policy-document`;
  await cli.good(bounded, { Role: { PermissionsBoundary: { PermissionsBoundaryArn: audit } } }, trust);
  await cli.good('iam delete-role --role-name bounded');
  const document = { Statement: [{ Action: 'sts:AssumeRole' }] };
  await cli.good('iam get-role --role-name ops', { Role: { AssumeRolePolicyDocument: document } });
  await cli.bad('iam get-role --role-name none', 'NoSuchEntity');
  await cli.good('iam update-role --role-name ops --max-session-duration 7200');
  await cli.bad('iam update-role --role-name ops --max-session-duration 50000', 'ValidationError');
  await cli.good('iam update-assume-role-policy --role-name ops --policy-document', undefined, trust);
  await cli.good('iam tag-role --role-name ops --tags Key=owner,Value=us');
  await cli.good('iam list-role-tags --role-name ops', { Tags: [{ Key: 'owner', Value: 'us' }] });
  await cli.good(`iam attach-role-policy --role-name ops --policy-arn ${audit}`);
  await cli.bad('iam attach-role-policy --role-name ops --policy-arn arn:aws:iam::aws:nothing', 'ValidationError');
  await cli.bad(`iam attach-role-policy --role-name ops --policy-arn ${audit}Nothing`, 'NoSuchEntity');
  const attached = { AttachedPolicies: [{ PolicyName: 'SecurityAudit', PolicyArn: audit }] };
  await cli.good('iam list-attached-role-policies --role-name ops', attached);
  await cli.good(`iam list-entities-for-policy --policy-arn ${audit} --entity-filter Role`, {
    PolicyRoles: [{ RoleName: 'ops' }],
  });
  await cli.good('iam list-roles --path-prefix /nowhere/', { Roles: [] });
  await cli.bad('iam delete-role --role-name ops', 'DeleteConflict');
}

async function policies(cli: AwsCli): Promise<void> {
  await cli.good('iam create-policy --policy-name ctl --policy-document', { Policy: { Arn: own } }, reading);
  await cli.bad('iam create-policy --policy-name ctl --policy-document', 'EntityAlreadyExists', reading);
  await cli.bad('iam create-policy --policy-name other --policy-document', 'MalformedPolicyDocument', '{');
  const second = `iam create-policy-version --policy-arn ${own} --set-as-default --policy-document`;
  await cli.good(second, { PolicyVersion: { VersionId: 'v2', IsDefaultVersion: true } }, reading);
  await cli.good(`iam get-policy-version --policy-arn ${own} --version-id v1`, {
    PolicyVersion: { Document: { Statement: [{ Action: 's3:Get*' }] } },
  });
  await cli.bad(`iam delete-policy-version --policy-arn ${own} --version-id v2`, 'DeleteConflict');
  await cli.good('iam list-policies --scope Local', { Policies: [{ PolicyName: 'ctl' }] });
  await cli.bad(`iam get-policy --policy-arn ${own}-none`, 'NoSuchEntity');
  await cli.good('iam put-role-policy --role-name ops --policy-name inline --policy-document', undefined, reading);
  await cli.good('iam get-role-policy --role-name ops --policy-name inline', { RoleName: 'ops', PolicyName: 'inline' });
  await cli.good('iam delete-role-policy --role-name ops --policy-name inline');
}

async function users(cli: AwsCli): Promise<void> {
  await cli.good('iam create-user --user-name ann --path /staff/', { User: { UserName: 'ann', Path: '/staff/' } });
  await cli.bad('iam create-user --user-name ann', 'EntityAlreadyExists');
  await cli.good('iam create-group --group-name admins', { Group: { GroupName: 'admins' } });
  await cli.good('iam add-user-to-group --group-name admins --user-name ann');
  await cli.good('iam get-group --group-name admins', { Users: [{ UserName: 'ann' }] });
  await cli.bad('iam delete-group --group-name admins', 'DeleteConflict');
  await cli.bad('iam create-login-profile --user-name ann --password short', 'PasswordPolicyViolation');
  const profile = 'iam create-login-profile --user-name ann --password-reset-required --password Temporary-Passw0rd';
  await cli.good(profile, { LoginProfile: { UserName: 'ann', PasswordResetRequired: true } });
  await cli.bad(profile, 'EntityAlreadyExists');
  await cli.good('iam list-access-keys --user-name ann', { AccessKeyMetadata: [] });
  const device = 'iam create-virtual-mfa-device --virtual-mfa-device-name phone --bootstrap-method QRCodePNG --outfile';
  await cli.good(device, { VirtualMFADevice: { SerialNumber: `arn:aws:iam::${account}:mfa/phone` } }, 'phone.png');
  const picture = readFileSync(path.join(cli.folder, 'phone.png'));
  if (picture.subarray(1, 4).toString() !== 'PNG') cli.complaints.push('the picture of a virtual device is no PNG');
  const enable = `iam enable-mfa-device --user-name ann --serial-number arn:aws:iam::${account}:mfa/phone`;
  await cli.bad(`${enable} --authentication-code1 000000 --authentication-code2 000001`, 'InvalidAuthenticationCode');
}

async function theAccount(cli: AwsCli): Promise<void> {
  await cli.bad('iam get-account-password-policy', 'NoSuchEntity');
  await cli.good('iam update-account-password-policy --minimum-password-length 14 --require-symbols');
  await cli.bad('iam update-account-password-policy --max-password-age 2000', 'ValidationError');
  await cli.good('iam get-account-password-policy', { PasswordPolicy: { MinimumPasswordLength: 14 } });
  await cli.good('iam get-account-summary', { SummaryMap: { Users: 1, AccountSigningCertificatesPresent: 0 } });
  await cli.good('iam create-account-alias --account-alias partner');
  await cli.good('iam list-account-aliases', { AccountAliases: ['partner'] });
  await cli.bad('iam list-saml-providers', 'InvalidAction');
}
