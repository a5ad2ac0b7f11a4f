/** What no principal of the customer may do: each with who is exempt at the guardrails, and why. */
import { accountId, iam, type Who } from './account.js';

export interface Forbidden {
  readonly action: string;
  readonly resource: string;
  readonly exempt: readonly Who[];
  readonly why: string;
  /** Which of the holes once found it closes. */
  readonly hole?: string;
}

const nobody: readonly Who[] = [];
const ours: readonly Who[] = ['wayIn', 'automation'];
const bucket = (purpose: string): string => `arn:aws:s3:::ctl${purpose}-${accountId}-us-east-1-an`;
const trail = `arn:aws:cloudtrail:us-east-1:${accountId}:trail/ctl-audit`;
const analyzer = `arn:aws:access-analyzer:eu-west-1:${accountId}:analyzer/CTLExternalAccess`;
const administrator = iam('user/administrator');
const [automation, wayIn, group] = [
  iam('role/CTLDeveloperRole'),
  iam('role/OrganizationAccountAccessRole'),
  iam('group/CTLAdministrators'),
];

type Row = readonly [action: string, resource: string, why: string, hole?: string];
const rows = (exempt: readonly Who[], ...all: readonly Row[]): readonly Forbidden[] =>
  all.map(([action, resource, why, hole]) => ({ action, resource, exempt, why, ...(hole ? { hole } : {}) }));

const membership = rows(
  nobody,
  ['account:CloseAccount', '*', 'an account is closed by the reseller alone', 'H8'],
  ['organizations:AcceptHandshake', '*', 'accepting an invitation moves the account away'],
  ['organizations:LeaveOrganization', '*', 'leaving ends billing and guardrails', 'H8'],
);

const organization = rows(
  ours,
  ['organizations:CreateOrganization', '*', 'an organization of its own is another payer'],
  ['organizations:DeleteOrganization', '*', 'the organization is the reseller`s'],
  ['organizations:DescribeOrganization', '*', 'it shows the payer', 'H7'],
  ['organizations:ListAccounts', '*', 'it shows other customers', 'H7'],
  ['organizations:InviteAccountToOrganization', '*', 'nobody invites into the reseller`s organization'],
  ['organizations:RemoveAccountFromOrganization', '*', 'it is leaving by another name'],
  ['account:AcceptPrimaryEmailUpdate', '*', 'root`s mailbox stays the reseller`s'],
  ['account:StartPrimaryEmailUpdate', '*', 'root`s mailbox stays the reseller`s'],
  ['account:DeleteAlternateContact', '*', 'AWS reaches those who answer for the account'],
  ['account:PutAlternateContact', '*', 'AWS reaches those who answer for the account'],
  ['account:PutAccountName', '*', 'the name is how the account is found again'],
  ['account:PutContactInformation', '*', 'who owns the account is the reseller`s to say'],
);

const record = rows(
  ours,
  ['cloudtrail:CreateTrail', trail, 'a trail of this name is the reseller`s'],
  ['cloudtrail:DeleteTrail', trail, 'the record of calls goes on', 'H1'],
  ['cloudtrail:PutEventSelectors', trail, 'nothing is selected away', 'H1'],
  ['cloudtrail:StopLogging', trail, 'the record of calls goes on', 'H1'],
  ['cloudtrail:UpdateTrail', trail, 'the record goes where it is safe'],
  ['config:DeleteConfigurationRecorder', '*', 'the record of resources goes on', 'H1'],
  ['config:DeleteDeliveryChannel', '*', 'the record of resources is delivered', 'H1'],
  ['config:DeleteRetentionConfiguration', '*', 'the record is kept'],
  ['config:PutConfigurationRecorder', '*', 'nothing is left out of the record'],
  ['config:PutDeliveryChannel', '*', 'the record goes where it is safe'],
  ['config:PutRetentionConfiguration', '*', 'the record is kept'],
  ['config:StopConfigurationRecorder', '*', 'the record of resources goes on', 'H1'],
  ['s3:BypassGovernanceRetention', `${bucket('audit')}/AWSLogs/a.json.gz`, 'what is locked stays'],
  ['s3:DeleteBucketPolicy', bucket('audit'), 'who may write the record is said in the policy', 'H1'],
  ['s3:PutBucketPolicy', bucket('audit'), 'who may write the record is said in the policy', 'H1'],
  ['s3:PutLifecycleConfiguration', bucket('audit'), 'the record does not expire early', 'H1'],
  ['s3:PutBucketVersioning', bucket('audit'), 'what is overwritten is kept', 'H1'],
  ['s3:PutBucketPublicAccessBlock', bucket('audit'), 'the record is not public', 'H1'],
  ['s3:DeleteObjectVersion', `${bucket('audit')}/AWSLogs/a.json.gz`, 'nothing is taken out of the record', 'H1'],
  ['s3:PutObject', `${bucket('config')}/AWSLogs/a.json.gz`, 'nothing is put into the record by hand'],
  ['s3:DeleteBucket', bucket('config'), 'the record stays'],
  ['s3:ReplicateDelete', `${bucket('config')}/AWSLogs/a.json.gz`, 'nothing is taken out by replication'],
);

const wholeAccount = rows(
  ours,
  ['iam:DeleteAccountPasswordPolicy', '*', 'passwords stay strong', 'H1'],
  ['iam:UpdateAccountPasswordPolicy', '*', 'passwords stay strong'],
  ['iam:DeleteSAMLProvider', iam('saml-provider/corporate'), 'sign-in by federation is not cut off'],
  ['iam:SetSecurityTokenServicePreferences', '*', 'the automation works through regional endpoints', 'H11'],
  ['iam:SetSTSRegionalEndpointStatus', '*', 'the automation works through regional endpoints', 'H11'],
  ['ec2:DisableEbsEncryptionByDefault', '*', 'new volumes are encrypted'],
  ['ec2:DisableSnapshotBlockPublicAccess', '*', 'no snapshot is public'],
  ['ec2:EnableSnapshotBlockPublicAccess', '*', 'the block may be weakened by it'],
  ['ec2:ModifyInstanceMetadataDefaults', '*', 'credentials of machines need a session'],
  ['s3:PutAccountPublicAccessBlock', '*', 'no bucket is public'],
  ['access-analyzer:DeleteAnalyzer', analyzer, 'access from outside is found'],
  ['access-analyzer:UpdateAnalyzer', analyzer, 'access from outside is found'],
);

const objects = rows(
  ours,
  ['iam:CreateRole', automation, 'whoever makes an exempt name is exempt', 'H8'],
  ['iam:CreateRole', wayIn, 'whoever makes an exempt name is exempt', 'H8'],
  ['iam:DeleteRole', automation, 'the reseller is not locked out', 'H9'],
  ['iam:DeleteRole', wayIn, 'the reseller is not locked out', 'H9'],
  ['iam:UpdateAssumeRolePolicy', wayIn, 'nobody lets themselves into an exempt role', 'H8'],
  ['iam:UpdateAssumeRolePolicy', automation, 'nobody lets themselves into an exempt role', 'H14'],
  ['iam:AttachRolePolicy', iam('role/CTLApplicationManagerRole'), 'the reseller`s roles carry what it says', 'H10'],
  ['iam:DetachRolePolicy', iam('role/CTLIntegrationAdminRole'), 'the console`s role keeps its denials'],
  ['iam:PutRolePolicy', iam('role/CTLOperationsRole'), 'the reseller`s roles carry what it says'],
  ['iam:PassRole', iam('role/CTLApplicationManagerRole'), 'nothing of the customer runs as the reseller', 'H3'],
  ['iam:PassRole', automation, 'nothing of the customer runs as the automation', 'H3'],
  ['iam:TagRole', automation, 'tags are read by who works with them'],
  ['iam:UntagRole', automation, 'tags are read by who works with them'],
  ['iam:SetDefaultPolicyVersion', iam('policy/CTLCustomerPolicy'), 'the customer policy says what it says'],
  ['iam:CreatePolicyVersion', iam('policy/CTLCustomerPolicy'), 'the customer policy says what it says'],
  ['iam:CreatePolicyVersion', iam('policy/CAMOpsOverridePolicy'), 'the operations` override is theirs', 'H10'],
  ['iam:DeletePolicy', iam('policy/CTLCustNoSupportPolicy'), 'the denial of support stays'],
  ['iam:RemoveUserFromGroup', group, 'nobody leaves their policy', 'H2'],
  ['iam:DetachGroupPolicy', group, 'nobody leaves their policy', 'H2'],
  ['iam:DeleteGroup', group, 'the group of administrators stays'],
  ['iam:AttachUserPolicy', administrator, 'the handed-over user is bound by its group alone', 'H2'],
  ['iam:PutUserPolicy', administrator, 'the handed-over user is bound by its group alone', 'H2'],
  ['iam:DetachUserPolicy', administrator, 'its policies are not taken away'],
  ['iam:DeleteUserPolicy', administrator, 'its policies are not taken away'],
  ['iam:PutUserPermissionsBoundary', administrator, 'what it may do is said by its group alone'],
  ['iam:DeleteUserPermissionsBoundary', administrator, 'what it may do is said by its group alone'],
  ['iam:DeleteUser', administrator, 'the handed-over user stays'],
  ['iam:UpdateUser', administrator, 'the handed-over user keeps its name'],
  ['iam:CreateLoginProfile', administrator, 'its password is issued by the service', 'H15'],
  ['iam:UpdateLoginProfile', administrator, 'its password is issued by the service', 'H15'],
  ['iam:DeleteLoginProfile', administrator, 'its password is issued by the service'],
  ['iam:DeactivateMFADevice', administrator, 'its second factor stays'],
  ['sts:AssumeRole', wayIn, 'an exempt role is the reseller`s', 'H8'],
  ['sts:AssumeRole', automation, 'an exempt role is the reseller`s', 'H8'],
);

const billing = rows(
  [...ours, 'analytics'],
  ...(
    [
      'aws-portal:ViewBilling',
      'bcm-dashboards:ListDashboards',
      'bcm-data-exports:ListExports',
      'bcm-pricing-calculator:ListBillEstimates',
      'bcm-recommended-actions:ListRecommendedActions',
      'billing:UpdateIAMAccessPreference',
      'billingconductor:ListBillingGroups',
      'budgets:ViewBudget',
      'ce:GetCostAndUsage',
      'compute-optimizer:GetEC2InstanceRecommendations',
      'consolidatedbilling:ListLinkedAccounts',
      'cost-optimization-hub:ListRecommendations',
      'cur:DescribeReportDefinitions',
      'customer-verification:GetCustomerVerificationDetails',
      'freetier:GetFreeTierUsage',
      'invoicing:ListInvoiceSummaries',
      'mapcredits:ListQuarterCredits',
      'payments:ListPaymentInstruments',
      'purchase-orders:ListPurchaseOrders',
      'tax:GetTaxInterview',
    ] as const
  ).map((action) => [action, '*', 'bills and costs show prices that are not the customer`s', 'H5'] as const),
  ['savingsplans:CreateSavingsPlan', '*', 'commitments bind the reseller, and offers show its prices', 'H6'],
);

const purchases = rows(
  ours,
  ...(
    [
      'aws-marketplace:Subscribe',
      'dynamodb:PurchaseReservedCapacityOfferings',
      'ec2:PurchaseReservedInstancesOffering',
      'elasticache:PurchaseReservedCacheNodesOffering',
      'es:PurchaseReservedInstanceOffering',
      'medialive:PurchaseOffering',
      'memorydb:PurchaseReservedNodesOffering',
      'rds:PurchaseReservedDBInstancesOffering',
      'redshift:PurchaseReservedNodeOffering',
    ] as const
  ).map((action) => [action, '*', 'a commitment binds the reseller', 'H6'] as const),
);

const support = [
  ...rows(
    [...ours, 'operations'],
    ['support:CreateCase', '*', 'support goes through the reseller', 'H4'],
    ['support-console:GetAccountState', '*', 'support goes through the reseller', 'H4'],
    ['supportapp:CreateSlackChannelConfiguration', '*', 'support goes through the reseller', 'H4'],
    ['supportplans:CreateSupportPlanSchedule', '*', 'the plan is the reseller`s', 'H4'],
  ),
  ...rows(
    [...ours, 'analytics', 'operations'],
    ['trustedadvisor:DescribeCheckItems', '*', 'its savings are at the reseller`s prices', 'H6'],
  ),
];

export const forbidden: readonly Forbidden[] = [
  ...membership,
  ...organization,
  ...record,
  ...wholeAccount,
  ...objects,
  ...billing,
  ...purchases,
  ...support,
];
