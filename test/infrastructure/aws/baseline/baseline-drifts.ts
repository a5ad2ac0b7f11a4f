/** What people do to a hardened account, and what the baseline says when it puts it right. */
import {
  DeleteTrailCommand,
  PutEventSelectorsCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  DeleteDeliveryChannelCommand,
  PutConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import {
  AttachRolePolicyCommand,
  CreatePolicyVersionCommand,
  DeleteAccountPasswordPolicyCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import {
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import type { BaselineStep } from '../../../../src/domain/provider/steps.js';
import type { BaselineAccount } from './baseline-account.js';
import { settingDrifts } from './setting-drifts.js';
import { userDrifts } from './user-drifts.js';

export type Drift = (account: BaselineAccount) => Promise<unknown>;
/** What happens to a hardened account, in which step it is noticed, and the lines that tell of its repair, in order. */
export type Row = readonly [title: string, step: BaselineStep, drift: Drift, lines: readonly (string | RegExp)[]];

export const arnOf = ({ accountId }: BaselineAccount, name: string): string =>
  `arn:aws:iam::${accountId}:policy/${name}`;
const auditBucket = ({ accountId }: BaselineAccount) => ({ Bucket: `ctlaudit-${accountId}-us-east-1-an` });
export const openPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});
const anyoneMayCome = (accountId: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'sts:AssumeRole' }],
  });

const identities: readonly Row[] = [
  [
    'a weaker password policy',
    'PasswordPolicy',
    ({ clients }) =>
      clients.iam.send(
        new UpdateAccountPasswordPolicyCommand({
          MinimumPasswordLength: 14,
          RequireNumbers: true,
          RequireUppercaseCharacters: true,
          RequireLowercaseCharacters: true,
          PasswordReusePrevention: 24,
        }),
      ),
    [/require symbols from false to true/, /users may change from false to true/],
  ],
  [
    'a removed password policy',
    'PasswordPolicy',
    ({ clients }) => clients.iam.send(new DeleteAccountPasswordPolicyCommand({})),
    ['create password policy account'],
  ],
  [
    'another trust of our own role`s sibling',
    'AccessModel',
    ({ clients, accountId }) =>
      clients.iam.send(
        new UpdateAssumeRolePolicyCommand({
          RoleName: 'CTLOperationsRole',
          PolicyDocument: anyoneMayCome(accountId),
        }),
      ),
    ['role CTLOperationsRole: trust rewritten'],
  ],
  [
    'another description and session length',
    'AccessModel',
    ({ clients }) =>
      clients.iam.send(
        new UpdateRoleCommand({ RoleName: 'CTLOperationsRole', Description: 'theirs', MaxSessionDuration: 43_200 }),
      ),
    [/description from "theirs"/, /max session seconds from 43200 to 3600/],
  ],
  [
    'one policy more and one less on a role',
    'AccessModel',
    async (drifted) => {
      const RoleName = 'CTLIntegrationReadOnlyRole';
      const [admin, customer] = ['arn:aws:iam::aws:policy/AdministratorAccess', arnOf(drifted, 'CTLCustomerPolicy')];
      await drifted.clients.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: admin }));
      await drifted.clients.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: customer }));
    },
    [/policies \+arn:aws:iam::\d+:policy\/CTLCustomerPolicy -arn:aws:iam::aws:policy\/AdministratorAccess/],
  ],
  [
    'an inline policy on a role',
    'AccessModel',
    ({ clients }) =>
      clients.iam.send(
        new PutRolePolicyCommand({
          RoleName: 'CTLOperationsRole',
          PolicyName: 'door',
          PolicyDocument: openPolicy,
        }),
      ),
    ['role CTLOperationsRole: inline policies -door'],
  ],
  [
    'a group without the customer policy and with one of its own',
    'AccessModel',
    async (drifted) => {
      const GroupName = 'CTLAdministrators';
      const PolicyArn = arnOf(drifted, 'CTLCustomerPolicy');
      await drifted.clients.iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn }));
      await drifted.clients.iam.send(
        new PutGroupPolicyCommand({ GroupName, PolicyName: 'door', PolicyDocument: openPolicy }),
      );
    },
    [/group CTLAdministrators: policies \+/, 'group CTLAdministrators: inline policies -door'],
  ],
  [
    'a rewritten policy whose five versions are used up',
    'AccessModel',
    async (drifted) => {
      const PolicyArn = arnOf(drifted, 'CTLCustomerPolicy');
      const version = { PolicyArn, PolicyDocument: openPolicy, SetAsDefault: true };
      for (let count = 0; count < 4; count++) await drifted.clients.iam.send(new CreatePolicyVersionCommand(version));
    },
    ['managed policy CTLCustomerPolicy: document rewritten'],
  ],
];

const records: readonly Row[] = [
  [
    'a bucket without its policy',
    'AuditTrail',
    (drifted) => drifted.clients.s3.send(new DeleteBucketPolicyCommand(auditBucket(drifted))),
    [/policy set/],
  ],
  [
    'a bucket that forgets what is written to it',
    'AuditTrail',
    (drifted) =>
      drifted.clients.s3.send(
        new PutBucketLifecycleConfigurationCommand({
          ...auditBucket(drifted),
          LifecycleConfiguration: {
            Rules: [{ ID: 'theirs', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } }],
          },
        }),
      ),
    [/bucket ctlaudit-.* lifecycle rewritten/],
  ],
  [
    'a bucket without a life cycle',
    'AuditTrail',
    (drifted) => drifted.clients.s3.send(new DeleteBucketLifecycleCommand(auditBucket(drifted))),
    [/bucket ctlaudit-.* lifecycle set/],
  ],
  [
    'a bucket that is open, unversioned and with other settings',
    'AuditTrail',
    async (drifted) => {
      const { s3 } = drifted.clients;
      const bucket = auditBucket(drifted);
      const PublicAccessBlockConfiguration = { BlockPublicAcls: false, BlockPublicPolicy: true };
      await s3.send(new PutPublicAccessBlockCommand({ ...bucket, PublicAccessBlockConfiguration }));
      await s3.send(new PutBucketVersioningCommand({ ...bucket, VersioningConfiguration: { Status: 'Suspended' } }));
      const OwnershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' as const }] };
      await s3.send(new PutBucketOwnershipControlsCommand({ ...bucket, OwnershipControls }));
      const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const } }];
      await s3.send(new PutBucketEncryptionCommand({ ...bucket, ServerSideEncryptionConfiguration: { Rules } }));
    },
    [/public access blocked from false/, /ownership from/, /encryption from/, /versioning from "Suspended"/],
  ],
  [
    'a trail that was stopped',
    'AuditTrail',
    ({ clients }) => clients.cloudTrail('us-east-1').send(new StopLoggingCommand({ Name: 'ctl-audit' })),
    ['trail ctl-audit in us-east-1: logging from false to true'],
  ],
  [
    'a trail of one region that does not select everything',
    'AuditTrail',
    async ({ clients }) => {
      const cloudTrail = clients.cloudTrail('us-east-1');
      const weaker = { IsMultiRegionTrail: false, IncludeGlobalServiceEvents: false, EnableLogFileValidation: false };
      await cloudTrail.send(new UpdateTrailCommand({ Name: 'ctl-audit', ...weaker }));
      const EventSelectors = [{ ReadWriteType: 'ReadOnly' as const, IncludeManagementEvents: true }];
      await cloudTrail.send(new PutEventSelectorsCommand({ TrailName: 'ctl-audit', EventSelectors }));
    },
    [/multi region/, /global events/, /log file validation/, /all management events from false to true/],
  ],
  [
    'a trail that was deleted',
    'AuditTrail',
    ({ clients }) => clients.cloudTrail('us-east-1').send(new DeleteTrailCommand({ Name: 'ctl-audit' })),
    ['create trail ctl-audit in us-east-1'],
  ],
  [
    'a recorder that was stopped and narrowed',
    'RegionRecorders',
    async ({ clients, accountId }) => {
      const config = clients.config('eu-west-1');
      const roleARN = `arn:aws:iam::${accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
      const recordingGroup = { allSupported: false, resourceTypes: ['AWS::S3::Bucket' as const] };
      await config.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
      const ConfigurationRecorder = { name: 'default', roleARN, recordingGroup };
      await config.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }));
    },
    [
      'config recorder default in eu-west-1: all supported from false to true',
      'recording default in eu-west-1: on from false to true',
    ],
  ],
  [
    'a delivery channel that was deleted',
    'ConfigRecorder',
    async ({ clients }) => {
      const config = clients.config('us-east-1');
      await config.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
      await config.send(new DeleteDeliveryChannelCommand({ DeliveryChannelName: 'default' }));
    },
    ['create delivery channel default in us-east-1', 'recording default in us-east-1: on from false to true'],
  ],
];

export const drifts: readonly Row[] = [...identities, ...userDrifts, ...records, ...settingDrifts];
