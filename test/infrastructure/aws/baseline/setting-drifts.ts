/** What people do to the settings of a hardened account and of its regions, and what the baseline says when it puts them right. */
import { DeleteAnalyzerCommand } from '@aws-sdk/client-accessanalyzer';
import {
  DeleteAlternateContactCommand,
  DisableRegionCommand,
  PutAlternateContactCommand,
} from '@aws-sdk/client-account';
import {
  DisableEbsEncryptionByDefaultCommand,
  DisableSnapshotBlockPublicAccessCommand,
  EnableSnapshotBlockPublicAccessCommand,
  ModifyInstanceMetadataDefaultsCommand,
} from '@aws-sdk/client-ec2';
import { UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { DeletePublicAccessBlockCommand, PutPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import type { Row } from './baseline-drifts.js';

const theirs = {
  Name: 'Ann Example',
  Title: 'Head',
  EmailAddress: 'ann@customer.example',
  PhoneNumber: '+1 555 0199',
} as const;

const wholePayer = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }],
});

const ofTheAccount: readonly Row[] = [
  [
    'a default role that the whole payer gets in by again',
    'DefaultRole',
    ({ clients }) =>
      clients.iam.send(
        new UpdateAssumeRolePolicyCommand({
          RoleName: 'OrganizationAccountAccessRole',
          PolicyDocument: wholePayer,
        }),
      ),
    ['role trust OrganizationAccountAccessRole: trust rewritten'],
  ],
  [
    'an account-level block that was taken away',
    'PublicAccessBlock',
    ({ clients, accountId: AccountId }) => clients.s3Control.send(new DeletePublicAccessBlockCommand({ AccountId })),
    ['create public access block account'],
  ],
  [
    'an account-level block of which one switch is off',
    'PublicAccessBlock',
    ({ clients, accountId: AccountId }) => {
      const PublicAccessBlockConfiguration = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true };
      return clients.s3Control.send(new PutPublicAccessBlockCommand({ AccountId, PublicAccessBlockConfiguration }));
    },
    ['public access block account: blocked from false to true'],
  ],
  [
    'another contact for security and none for operations, of whom no line says anything',
    'AccountContacts',
    async ({ clients }) => {
      await clients.account.send(new PutAlternateContactCommand({ AlternateContactType: 'SECURITY', ...theirs }));
      await clients.account.send(new DeleteAlternateContactCommand({ AlternateContactType: 'OPERATIONS' }));
    },
    [/^alternate contact SECURITY: contact rewritten$/, /^create alternate contact OPERATIONS$/],
  ],
];

const ofARegion: readonly Row[] = [
  [
    'volumes that are not encrypted any more',
    'RegionDefaults',
    ({ clients }) => clients.ec2('eu-west-1').send(new DisableEbsEncryptionByDefaultCommand({})),
    ['volume encryption default in eu-west-1: by default from false to true'],
  ],
  [
    'machines that give their credentials to any request',
    'RegionDefaults',
    ({ clients }) =>
      clients.ec2('eu-west-1').send(new ModifyInstanceMetadataDefaultsCommand({ HttpTokens: 'optional' })),
    ['instance metadata default in eu-west-1: tokens from "optional" to "required"'],
  ],
  [
    'snapshots that may be shared with everybody, or those that are shared already',
    'RegionDefaults',
    async ({ clients }) => {
      await clients.ec2('us-east-1').send(new EnableSnapshotBlockPublicAccessCommand({ State: 'block-new-sharing' }));
      await clients.ec2('eu-west-1').send(new DisableSnapshotBlockPublicAccessCommand({}));
    },
    [
      'snapshot sharing default in us-east-1: public from "block-new-sharing" to "block-all-sharing"',
      'snapshot sharing default in eu-west-1: public from "unblocked" to "block-all-sharing"',
    ],
  ],
  [
    'an analyzer that was deleted',
    'RegionDefaults',
    ({ clients }) =>
      clients.accessAnalyzer('eu-west-1').send(new DeleteAnalyzerCommand({ analyzerName: 'CTLExternalAccess' })),
    ['create access analyzer CTLExternalAccess in eu-west-1'],
  ],
  [
    'a region that was disabled: what it held is there again once it is enabled',
    'OptInRegions',
    ({ clients }) => clients.account.send(new DisableRegionCommand({ RegionName: 'eu-south-1' })),
    ['opt in region eu-south-1 in eu-south-1: enabled from false to true'],
  ],
];

export const settingDrifts: readonly Row[] = [...ofTheAccount, ...ofARegion];
