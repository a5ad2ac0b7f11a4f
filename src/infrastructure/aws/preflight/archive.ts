/** The bucket of signed heads: whether it is there and locks what it holds, and whether our own role may keep heads in it. */
import { IAMClient } from '@aws-sdk/client-iam';
import { GetObjectLockConfigurationCommand } from '@aws-sdk/client-s3';
import { archivePolicy } from '../../../domain/own-access/automation.js';
import type { AwsAccess, AwsSettings } from '../calls/clients.js';
import { classify } from '../calls/errors.js';
import { about, type CheckResult, type Finding, looked } from './check-result.js';
import { permissionsLook } from './permissions.js';

/** Where heads are kept. */
export interface ArchivePlace {
  readonly bucket: string;
  readonly region: string;
  /** What the names of objects begin with; empty for nothing. */
  readonly prefix: string;
}

interface ArchiveParts {
  readonly access: AwsAccess;
  readonly settings: AwsSettings;
  readonly abortSignal: AbortSignal;
}

/** Nothing is put there: what is put can be taken back by nobody for years. An account is made without the archive, too. */
export const archiveLooks = (parts: ArchiveParts, place: ArchivePlace): readonly Promise<CheckResult>[] => {
  const { access, settings, abortSignal } = parts;
  const roleArn = settings.automationRoleArn;
  const advice = 'Give our own role the policy automation-preflight.json of deploy/iam, in order to have it looked at.';
  return [
    looked(about('own', 'archive of heads'), { level: 'warning', advice }, (finding) =>
      lockCheck(parts, place, finding),
    ),
    permissionsLook({
      ...{ of: 'own', what: 'archive permissions', file: 'automation-archive.json', lacking: 'warning', roleArn },
      iam: access.own.other((config) => new IAMClient(config)),
      wanted: archivePolicy({ archive: place }),
      abortSignal,
    }),
  ];
};

/** Source: S3 API, GetObjectLockConfiguration; S3 User Guide, Configuring S3 Object Lock. */
async function lockCheck({ access, abortSignal }: ArchiveParts, place: ArchivePlace, finding: Finding) {
  const { bucket, region } = place;
  try {
    const command = new GetObjectLockConfigurationCommand({ Bucket: bucket });
    const { ObjectLockConfiguration } = await access.own.s3(region).send(command, { abortSignal });
    if (ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled')
      return finding.ok(`${bucket} in ${region} locks what it holds`);
    return finding.warning(`${bucket} has no Object Lock`, switchLockOn);
  } catch (error) {
    const trouble = troubles[classify(error).code];
    if (!trouble) throw error;
    return finding.warning(...trouble(place));
  }
}

const switchLockOn =
  'Switch Object Lock on in the properties of the bucket, without a default retention: each head brings its own.';

type Trouble = (place: ArchivePlace) => readonly [found: string, advice: string];

const elsewhere: Trouble = ({ bucket, region }) => [
  `${bucket} does not lie in ${region}`,
  'Set audit.archive.region to the region of the bucket.',
];

/** By the names of errors. Source: S3 API, error responses. */
const troubles: Readonly<Record<string, Trouble>> = {
  NoSuchBucket: ({ bucket }) => [
    `${bucket} is not there`,
    'Make the bucket with Object Lock in an account that few people enter, or leave audit.archive out.',
  ],
  ObjectLockConfigurationNotFoundError: ({ bucket }) => [`${bucket} has no Object Lock`, switchLockOn],
  PermanentRedirect: elsewhere,
  AuthorizationHeaderMalformed: elsewhere,
};
