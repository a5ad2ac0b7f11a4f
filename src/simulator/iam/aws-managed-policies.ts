/** The managed policies that AWS keeps: real names and ARNs, with documents shortened to what the simulator evaluates. */

export interface AwsManagedPolicy {
  readonly policyName: string;
  readonly path: string;
  readonly arn: string;
  readonly policyId: string;
  readonly description: string;
  readonly defaultVersion: string;
  /** JSON text. */
  readonly document: string;
}

interface Row {
  readonly path?: string;
  readonly description: string;
  readonly actions: readonly string[];
  readonly resource?: readonly string[];
}

const readable = [
  'account',
  'cloudtrail',
  'cloudwatch',
  'config',
  'ec2',
  'elasticloadbalancing',
  'iam',
  'lambda',
  'logs',
  'organizations',
  'rds',
  's3',
  'sns',
  'sqs',
  'sts',
];
const verbs = ['Describe*', 'Get*', 'List*'];
const reading = readable.flatMap((service) => verbs.map((verb) => `${service}:${verb}`));

const auditing = [
  'iam:GetAccessKeyLastUsed',
  'iam:GetAccountSummary',
  'iam:GetLoginProfile',
  'iam:GetUser',
  'iam:ListAccessKeys',
  'iam:ListMFADevices',
  'iam:ListSigningCertificates',
];

/** Real documents run to hundreds of actions; these grant the same to the services that the simulator knows. */
const rows: Readonly<Record<string, Row>> = {
  AdministratorAccess: { description: 'Provides full access to AWS services and resources.', actions: ['*'] },
  ReadOnlyAccess: { description: 'Provides read-only access to AWS services and resources.', actions: reading },
  SecurityAudit: { description: 'Reads the security configuration.', actions: reading },
  ViewOnlyAccess: { path: '/job-function/', description: 'Views resources, not their data.', actions: reading },
  Billing: { path: '/job-function/', description: 'Billing and cost management.', actions: ['billing:*', 'ce:*'] },
  SupportUser: { path: '/job-function/', description: 'Troubleshoots and resolves issues.', actions: ['support:*'] },
  IAMFullAccess: { description: 'Provides full access to IAM.', actions: ['iam:*'] },
  IAMReadOnlyAccess: { description: 'Provides read-only access to IAM.', actions: ['iam:Get*', 'iam:List*'] },
  IAMUserChangePassword: {
    description: 'Provides the ability for an IAM user to change their own password.',
    actions: ['iam:ChangePassword'],
    resource: [`arn:aws:iam::*:user/\${aws:username}`, `arn:aws:iam::*:user/*/\${aws:username}`],
  },
  AmazonEC2FullAccess: { description: 'Provides full access to Amazon EC2.', actions: ['ec2:*'] },
  AmazonS3FullAccess: { description: 'Provides full access to all buckets.', actions: ['s3:*'] },
  AmazonS3ReadOnlyAccess: {
    description: 'Provides read only access to all buckets.',
    actions: ['s3:Get*', 's3:List*'],
  },
  SignInLocalDevelopmentAccess: {
    description: 'Provides permissions for programmatic access to AWS through the AWS Sign-in service.',
    actions: ['signin:AuthorizeOAuth2Access', 'signin:CreateOAuth2Token'],
    resource: ['arn:aws:signin:*:*:oauth2/public-client/*'],
  },
  AWSSupportAccess: { description: 'Allows users to access the AWS Support Center.', actions: ['support:*'] },
  AWSCloudTrail_ReadOnlyAccess: {
    description: 'Reads AWS CloudTrail.',
    actions: ['cloudtrail:Get*', 'cloudtrail:Describe*'],
  },
  AWSConfigUserAccess: {
    description: 'Provides access to use AWS Config.',
    actions: ['config:Get*', 'config:Describe*'],
  },
  CloudWatchReadOnlyAccess: { description: 'Reads CloudWatch.', actions: ['cloudwatch:Get*', 'cloudwatch:List*'] },
  AWS_ConfigRole: { path: '/service-role/', description: 'Default policy for the AWS Config role.', actions: reading },
  AWSLambdaBasicExecutionRole: {
    path: '/service-role/',
    description: 'Provides write permissions to CloudWatch Logs.',
    actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
  },
  AWSConfigServiceRolePolicy: {
    path: '/aws-service-role/',
    description: 'Allows Config to call AWS services and collect resource configurations on your behalf.',
    actions: reading,
  },
  // What a session of AssumeRoot may do. Source: IAM User Guide, Perform a privileged task on a member account.
  IAMAuditRootUserCredentials: { path: '/root-task/', description: 'Audits root credentials.', actions: auditing },
  IAMCreateRootUserPassword: {
    path: '/root-task/',
    description: 'Allows password recovery of the root user.',
    actions: ['iam:CreateLoginProfile', 'iam:GetLoginProfile'],
  },
  IAMDeleteRootUserCredentials: {
    path: '/root-task/',
    description: 'Deletes root credentials.',
    actions: [
      ...auditing,
      'iam:DeactivateMFADevice',
      'iam:DeleteAccessKey',
      'iam:DeleteLoginProfile',
      'iam:DeleteSigningCertificate',
    ],
  },
  S3UnlockBucketPolicy: {
    path: '/root-task/',
    description: 'Removes a bucket policy that locks everybody out.',
    actions: ['s3:DeleteBucketPolicy', 's3:GetBucketPolicy', 's3:ListAllMyBuckets', 's3:PutBucketPolicy'],
  },
  SQSUnlockQueuePolicy: {
    path: '/root-task/',
    description: 'Removes a queue policy that locks everybody out.',
    actions: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ListQueues', 'sqs:SetQueueAttributes'],
  },
};

const policies: ReadonlyMap<string, AwsManagedPolicy> = new Map(
  Object.entries(rows).map(([policyName, row], index) => {
    const path = row.path ?? '/';
    const arn = `arn:aws:iam::aws:policy${path}${policyName}`;
    const statement = { Effect: 'Allow', Action: row.actions, Resource: row.resource ?? ['*'] };
    const policyId = `ANPAAWSMANAGED${String(index).padStart(7, 'A')}`;
    const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    return [arn, { policyName, path, arn, policyId, description: row.description, defaultVersion: 'v1', document }];
  }),
);

/** The policy that AWS keeps under an ARN, or `undefined`. Source: AWS Managed Policy Reference. */
export const awsManagedPolicy = (arn: string): AwsManagedPolicy | undefined => policies.get(arn);

/** All of them, in the order of the table. */
export const awsManagedPolicies = (): readonly AwsManagedPolicy[] => [...policies.values()];
