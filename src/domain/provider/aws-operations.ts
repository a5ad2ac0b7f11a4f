/** What each step changes at AWS, for whoever asks what a request would lead to; a test holds the table to what the steps call. */
import type { Step } from './steps.js';

const recorder = [
  'config:PutConfigurationRecorder',
  'config:PutDeliveryChannel',
  'config:StartConfigurationRecorder',
] as const;

const bucket = [
  's3:CreateBucket',
  's3:PutPublicAccessBlock',
  's3:PutBucketOwnershipControls',
  's3:PutBucketEncryption',
  's3:PutBucketVersioning',
  's3:PutBucketPolicy',
  's3:PutBucketLifecycleConfiguration',
] as const;

/** Operations that change something in a new account, as `service:Operation`; what is only read is not named. */
export const awsOperations: Readonly<Record<Step, readonly string[]>> = {
  AssignPayer: [],
  CreateAccount: ['organizations:CreateAccount'],
  LinkPayer: ['organizations:MoveAccount'],
  AwaitReadiness: [],
  AutomationAccess: ['iam:CreateRole', 'iam:AttachRolePolicy'],
  PasswordPolicy: ['iam:UpdateAccountPasswordPolicy'],
  AccessModel: [
    'iam:CreatePolicy',
    'iam:CreateRole',
    'iam:AttachRolePolicy',
    'iam:CreateGroup',
    'iam:AttachGroupPolicy',
    'iam:CreateUser',
    'iam:AddUserToGroup',
  ],
  AuditTrail: [...bucket, 'cloudtrail:CreateTrail', 'cloudtrail:StartLogging'],
  ConfigRecorder: ['iam:CreateServiceLinkedRole', ...bucket, ...recorder],
  PublicAccessBlock: ['s3-control:PutPublicAccessBlock'],
  LiveProof: [],
  IssueCredentials: ['iam:CreateLoginProfile'],
  SettleCredentials: [],
  RegionDefaults: [
    'ec2:EnableEbsEncryptionByDefault',
    'ec2:ModifyInstanceMetadataDefaults',
    'ec2:EnableSnapshotBlockPublicAccess',
    'access-analyzer:CreateAnalyzer',
  ],
  RegionRecorders: recorder,
  OptInRegions: ['account:EnableRegion'],
  AccountContacts: ['account:PutAlternateContact'],
  DefaultRole: ['iam:UpdateAssumeRolePolicy'],
};
