/** Who there is in an account, and what the guardrails deny to whom. */
import { settings } from '../baseline/account.js';

const { accountId } = settings;
const iam = (resource: string): string => `arn:aws:iam::${accountId}:${resource}`;
const role = (name: string): string => iam(`role/${name}`);

/** An administrator's own user, a role and a machine user that it made, and a copy of our role's name on a path. */
export const bound = ['user/administrator', 'role/theirs', 'user/machine', 'role/team/CTLDeveloperRole'].map(iam);
export const [wayIn, automation] = [role('OrganizationAccountAccessRole'), role('CTLDeveloperRole')];
export const [analytics, operations] = [role('CTLCloudOptimization'), role('CTLOperationsRole')];

export const bucket = (purpose: string): string => `arn:aws:s3:::ctl${purpose}-${accountId}-us-east-1-an`;
export const trail = `arn:aws:cloudtrail:us-east-1:${accountId}:trail/ctl-audit`;
const analyzer = `arn:aws:access-analyzer:eu-west-1:${accountId}:analyzer/CTLExternalAccess`;
const group = iam('group/CTLAdministrators');

/** What no principal of the customer may do, and who may. */
export const rows: readonly (readonly [action: string, resource: string, exempt: readonly string[]])[] = [
  ['organizations:LeaveOrganization', '*', []],
  ['organizations:AcceptHandshake', '*', []],
  ['account:CloseAccount', '*', []],
  ['organizations:DescribeOrganization', '*', [wayIn, automation]],
  ['organizations:ListAccounts', '*', [wayIn, automation]],
  ['account:PutAlternateContact', '*', [wayIn, automation]],
  ['account:StartPrimaryEmailUpdate', '*', [wayIn, automation]],
  ['cloudtrail:StopLogging', trail, [wayIn, automation]],
  ['cloudtrail:DeleteTrail', trail, [wayIn, automation]],
  ['cloudtrail:PutEventSelectors', trail, [wayIn, automation]],
  ['config:StopConfigurationRecorder', '*', [wayIn, automation]],
  ['config:DeleteDeliveryChannel', '*', [wayIn, automation]],
  ['s3:DeleteBucketPolicy', bucket('audit'), [wayIn, automation]],
  ['s3:PutLifecycleConfiguration', bucket('audit'), [wayIn, automation]],
  ['s3:PutBucketVersioning', bucket('config'), [wayIn, automation]],
  ['s3:DeleteObjectVersion', `${bucket('audit')}/AWSLogs/a.json.gz`, [wayIn, automation]],
  ['s3:PutAccountPublicAccessBlock', '*', [wayIn, automation]],
  ['ec2:DisableEbsEncryptionByDefault', '*', [wayIn, automation]],
  ['ec2:DisableSnapshotBlockPublicAccess', '*', [wayIn, automation]],
  ['ec2:EnableSnapshotBlockPublicAccess', '*', [wayIn, automation]],
  ['ec2:ModifyInstanceMetadataDefaults', '*', [wayIn, automation]],
  ['access-analyzer:DeleteAnalyzer', analyzer, [wayIn, automation]],
  ['iam:DeleteAccountPasswordPolicy', '*', [wayIn, automation]],
  ['iam:SetSecurityTokenServicePreferences', '*', [wayIn, automation]],
  ['iam:RemoveUserFromGroup', group, [wayIn, automation]],
  ['iam:DetachGroupPolicy', group, [wayIn, automation]],
  ['iam:AttachUserPolicy', iam('user/administrator'), [wayIn, automation]],
  ['iam:DeactivateMFADevice', iam('user/administrator'), [wayIn, automation]],
  ['iam:CreateRole', automation, [wayIn, automation]],
  ['iam:CreateRole', wayIn, [wayIn, automation]],
  ['iam:UpdateAssumeRolePolicy', wayIn, [wayIn, automation]],
  ['iam:DeleteRole', automation, [wayIn, automation]],
  ['iam:PassRole', role('CTLApplicationManagerRole'), [wayIn, automation]],
  ['iam:CreatePolicyVersion', iam('policy/CTLCustomerPolicy'), [wayIn, automation]],
  ['iam:CreatePolicyVersion', iam('policy/CAMOpsOverridePolicy'), [wayIn, automation]],
  ['sts:AssumeRole', wayIn, [wayIn, automation]],
  ['ce:GetCostAndUsage', '*', [wayIn, automation, analytics]],
  ['billing:UpdateIAMAccessPreference', '*', [wayIn, automation, analytics]],
  ['savingsplans:CreateSavingsPlan', '*', [wayIn, automation, analytics]],
  ['ec2:PurchaseReservedInstancesOffering', '*', [wayIn, automation]],
  ['aws-marketplace:Subscribe', '*', [wayIn, automation]],
  ['support:CreateCase', '*', [wayIn, automation, operations]],
  ['supportplans:CreateSupportPlanSchedule', '*', [wayIn, automation, operations]],
  ['trustedadvisor:DescribeCheckItems', '*', [wayIn, automation, analytics, operations]],
];
