/** What the role that this service runs as needs in its own account. */
import { automationRoleName, consoleRoleName } from '../baseline/names.js';
import {
  accountOf,
  allow,
  documentOf,
  type OwnAccessPayer,
  type OwnAccessSettings,
  type PolicyDocument,
} from './statements.js';

/**
 * Into the payers, and into customers' accounts by the roles that are made there. A source identity would persist from a
 * payer into the way in of a new account, whose trust does not allow one. Source: STS API, AssumeRole.
 */
export function automationPolicy(settings: OwnAccessSettings, payers: readonly OwnAccessPayer[]): PolicyDocument {
  const { prefix } = settings;
  const roles = [
    automationRoleName(prefix),
    consoleRoleName(prefix, 'administrator'),
    consoleRoleName(prefix, 'read-only'),
  ];
  return documentOf(
    allow(
      'EnterPayers',
      ['sts:AssumeRole'],
      payers.map(({ roleArn }) => roleArn),
    ),
    allow(
      'EnterCustomerAccounts',
      ['sts:AssumeRole', 'sts:SetSourceIdentity'],
      roles.map((role) => `arn:aws:iam::*:role/${role}`),
    ),
  );
}

/** Where temporary passwords lie in Secrets Manager. Source: Service Authorization Reference, AWS Secrets Manager; KMS. */
export function vaultPolicy({ automationRoleArn, vault }: OwnAccessSettings): PolicyDocument {
  const own = accountOf(automationRoleArn);
  const secrets = `arn:aws:secretsmanager:${vault.region}:${own}:secret:${vault.prefix}/*`;
  const keeping = allow(
    'KeepTemporaryPasswords',
    ['secretsmanager:CreateSecret', 'secretsmanager:DeleteSecret', 'secretsmanager:GetSecretValue'],
    [secrets],
  );
  if (vault.kmsKeyId === '') return documentOf(keeping);
  const key = vault.kmsKeyId.startsWith('arn:')
    ? vault.kmsKeyId
    : `arn:aws:kms:${vault.region}:${own}:${vault.kmsKeyId.startsWith('alias/') ? '' : 'key/'}${vault.kmsKeyId}`;
  const through = { StringEquals: { 'kms:ViaService': `secretsmanager.${vault.region}.amazonaws.com` } };
  return documentOf(keeping, allow('SealThem', ['kms:Decrypt', 'kms:GenerateDataKey'], [key], through));
}

/** Where signed heads are kept. It takes none back: nothing here may delete. Source: Service Authorization Reference, S3. */
export const archivePolicy = ({ archive }: Pick<OwnAccessSettings, 'archive'>): PolicyDocument =>
  documentOf(
    allow(
      'KeepSignedHeads',
      ['s3:GetObject', 's3:PutObject', 's3:PutObjectRetention'],
      [`arn:aws:s3:::${archive.bucket}/${archive.prefix}*`],
    ),
  );

/** What `npm run preflight` reads in our own account beyond that. The service itself never needs it. */
export const ownPreflightPolicy = ({ automationRoleArn, archive }: OwnAccessSettings): PolicyDocument =>
  documentOf(
    allow('SeeTheLockOfTheArchive', ['s3:GetBucketObjectLockConfiguration'], [`arn:aws:s3:::${archive.bucket}`]),
    allow('AskWhatTheRoleMay', ['iam:SimulatePrincipalPolicy'], [automationRoleArn]),
  );

/** Topics that people are told by. Source: Service Authorization Reference, Amazon SNS. */
export const noticesPolicy = ({ topics }: OwnAccessSettings): PolicyDocument =>
  documentOf(allow('TellPeople', ['sns:Publish'], topics));
