/** What nobody who carries the customer policy may do. */
import { settings } from './account.js';

const { accountId } = settings;
const iam = (resource: string): string => `arn:aws:iam::${accountId}:${resource}`;
const bucket = (purpose: string): string => `arn:aws:s3:::ctl${purpose}-${accountId}-us-east-1-an`;
export const audit = bucket('audit');
const config = bucket('config');
const trail = `arn:aws:cloudtrail:us-east-1:${accountId}:trail/ctl-audit`;
const group = iam('group/CTLAdministrators');

export const refused: readonly (readonly [action: string, resource: string | undefined])[] = [
  ['cloudtrail:StopLogging', trail],
  ['cloudtrail:DeleteTrail', trail],
  ['cloudtrail:UpdateTrail', trail],
  ['cloudtrail:PutEventSelectors', trail],
  ['config:StopConfigurationRecorder', '*'],
  ['config:DeleteConfigurationRecorder', '*'],
  ['config:PutConfigurationRecorder', '*'],
  ['config:DeleteDeliveryChannel', '*'],
  ['s3:DeleteBucketPolicy', audit],
  ['s3:PutBucketPolicy', audit],
  ['s3:PutLifecycleConfiguration', audit],
  ['s3:PutBucketVersioning', config],
  ['s3:PutBucketPublicAccessBlock', audit],
  ['s3:DeleteBucket', config],
  ['s3:DeleteObjectVersion', `${audit}/AWSLogs/a.json.gz`],
  ['s3:PutObject', `${config}/AWSLogs/a.json.gz`],
  ['s3:PutAccountPublicAccessBlock', '*'],
  ['ec2:DisableEbsEncryptionByDefault', '*'],
  ['ec2:DisableSnapshotBlockPublicAccess', '*'],
  ['ec2:ModifyInstanceMetadataDefaults', '*'],
  ['access-analyzer:DeleteAnalyzer', `arn:aws:access-analyzer:eu-west-1:${accountId}:analyzer/CTLExternalAccess`],
  ['iam:DeleteAccountPasswordPolicy', '*'],
  ['iam:UpdateAccountPasswordPolicy', '*'],
  ['iam:SetSecurityTokenServicePreferences', '*'],
  ['iam:SetSTSRegionalEndpointStatus', '*'],
  ['iam:DeleteSAMLProvider', iam('saml-provider/corporate')],
  ['iam:RemoveUserFromGroup', group],
  ['iam:DetachGroupPolicy', group],
  ['iam:PutGroupPolicy', group],
  ['iam:AttachUserPolicy', iam('user/administrator')],
  ['iam:DeleteUser', iam('user/administrator')],
  ['iam:UpdateLoginProfile', iam('user/administrator')],
  ['iam:DeactivateMFADevice', iam('user/administrator')],
  ['iam:DeleteRole', iam('role/CTLDeveloperRole')],
  ['iam:DeleteRole', iam('role/OrganizationAccountAccessRole')],
  ['iam:UpdateAssumeRolePolicy', iam('role/OrganizationAccountAccessRole')],
  ['iam:PassRole', iam('role/CTLApplicationManagerRole')],
  ['iam:CreatePolicyVersion', iam('policy/CTLCustomerPolicy')],
  ['iam:CreatePolicyVersion', iam('policy/CAMOpsOverridePolicy')],
  ['sts:AssumeRole', iam('role/OrganizationAccountAccessRole')],
  ['organizations:LeaveOrganization', '*'],
  ['organizations:AcceptHandshake', '*'],
  ['organizations:DescribeOrganization', '*'],
  ['account:CloseAccount', '*'],
  ['ce:GetCostAndUsage', '*'],
  ['billing:UpdateIAMAccessPreference', '*'],
  ['compute-optimizer:GetEC2InstanceRecommendations', '*'],
  ['trustedadvisor:DescribeCheckItems', '*'],
  ['savingsplans:CreateSavingsPlan', '*'],
  ['ec2:PurchaseReservedInstancesOffering', '*'],
  ['rds:PurchaseReservedDBInstancesOffering', '*'],
  ['aws-marketplace:Subscribe', '*'],
  ['support:CreateCase', '*'],
  ['supportplans:CreateSupportPlanSchedule', '*'],
];
