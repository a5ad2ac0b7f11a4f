/** Buckets, trails and recorders: what an audit trail is made of, in the order in which AWS demands it. */
import type { AwsCli } from './cli.js';

const account = '210987654321';
const bucket = 'ctl-audit-cli';
const region = 'eu-west-1';

const allow = (service: string, Action: string, Resource: string) => ({
  Effect: 'Allow',
  Principal: { Service: service },
  Action,
  Resource,
});
const arn = `arn:aws:s3:::${bucket}`;
const bucketPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: ['cloudtrail.amazonaws.com', 'config.amazonaws.com'].flatMap((service) => [
    allow(service, 's3:GetBucketAcl', arn),
    allow(service, 's3:ListBucket', arn),
    allow(service, 's3:PutObject', `${arn}/*`),
  ]),
});
const stranger = JSON.stringify({
  Version: '2012-10-17',
  Statement: allow('config.amazonaws.com', 's3:*', 'arn:aws:s3:::x'),
});

export async function auditRow(cli: AwsCli): Promise<void> {
  await buckets(cli);
  await settings(cli);
  await trails(cli);
  await recorders(cli);
}

const s3 = (operation: string, rest = ''): string => `s3api ${operation} --region ${region} --bucket ${bucket}${rest}`;

async function buckets(cli: AwsCli): Promise<void> {
  const place = ` --create-bucket-configuration LocationConstraint=${region}`;
  await cli.bad(s3('create-bucket'), 'IllegalLocationConstraintException');
  await cli.bad(s3('create-bucket', `${place} --acl public-read`), 'InvalidBucketAclWithObjectOwnership');
  await cli.good(s3('create-bucket', place), { Location: `/${bucket}` });
  await cli.bad(s3('create-bucket', place), 'BucketAlreadyOwnedByYou');
  const regional = `s3api create-bucket --region ${region} --bucket ctl-${account}-${region}-an${place}`;
  await cli.bad(regional, 'MissingNamespaceHeader');
  await cli.good(`s3api list-buckets --region ${region}`, { Buckets: [{ Name: bucket }] });
  await cli.good(s3('get-bucket-location'), { LocationConstraint: region });
  await cli.bad(`s3api head-bucket --region ${region} --bucket no-such-bucket-here`, '404');
  await cli.bad(s3('get-bucket-cors'), 'NotImplemented');
  const locked = `--region ${region} --bucket ${bucket}-locked`;
  const withLock = `s3api create-bucket ${locked}${place} --object-lock-enabled-for-bucket`;
  await cli.good(withLock, { Location: `/${bucket}-locked` });
  await cli.good(`s3api get-bucket-versioning ${locked}`, { Status: 'Enabled' });
}

async function settings(cli: AwsCli): Promise<void> {
  await cli.good(s3('get-public-access-block'), { PublicAccessBlockConfiguration: { BlockPublicAcls: true } });
  await cli.bad(s3('get-bucket-tagging'), 'NoSuchTagSet');
  await cli.good(s3('put-bucket-tagging', ' --tagging TagSet=[{Key=owner,Value=us}]'));
  await cli.good(s3('get-bucket-tagging'), { TagSet: [{ Key: 'owner', Value: 'us' }] });
  await cli.good(s3('put-bucket-versioning', ' --versioning-configuration Status=Enabled'));
  await cli.good(s3('get-bucket-versioning'), { Status: 'Enabled' });
  await cli.bad(
    s3('put-bucket-versioning', ' --versioning-configuration Status=On'),
    'IllegalVersioningConfigurationException',
  );
  await cli.bad(s3('get-bucket-policy'), 'NoSuchBucketPolicy');
  await cli.bad(s3('put-bucket-policy', ' --policy'), 'MalformedPolicy', stranger);
}

async function trails(cli: AwsCli): Promise<void> {
  const create = `cloudtrail create-trail --region ${region} --name ctl --s3-bucket-name`;
  await cli.bad(`${create} no-such-bucket-here`, 'S3BucketDoesNotExistException');
  await cli.bad(`${create} ${bucket}`, 'InsufficientS3BucketPolicyException');
  await cli.good(s3('put-bucket-policy', ' --policy'), undefined, bucketPolicy);
  await cli.good(s3('get-bucket-policy'), { Policy: bucketPolicy });
  await cli.bad(`${create} ${bucket} --kms-key-id alias/audit`, 'UnsupportedBySimulator');
  const trail = { Name: 'ctl', S3BucketName: bucket, IsMultiRegionTrail: true };
  await cli.good(`${create} ${bucket} --is-multi-region-trail`, trail);
  await cli.bad(`${create} ${bucket}`, 'TrailAlreadyExistsException');
  await cli.good('cloudtrail describe-trails --region us-east-1', { trailList: [{ Name: 'ctl', HomeRegion: region }] });
  await cli.good(`cloudtrail start-logging --region ${region} --name ctl`);
  await cli.good(`cloudtrail get-trail-status --region ${region} --name ctl`, { IsLogging: true });
  await cli.bad('cloudtrail stop-logging --region us-east-1 --name ctl', 'InvalidHomeRegionException');
  await cli.bad(`cloudtrail get-trail --region ${region} --name none`, 'TrailNotFoundException');
  await cli.bad(`cloudtrail list-channels --region ${region}`, 'UnknownOperationException');
}

async function recorders(cli: AwsCli): Promise<void> {
  const role = `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
  const put = `configservice put-configuration-recorder --region ${region} --configuration-recorder`;
  const channel = `configservice put-delivery-channel --region ${region} --delivery-channel name=default,s3BucketName=`;
  await cli.bad(`${put} name=default,roleARN=${role}`, 'InvalidRoleException');
  await cli.good('iam create-service-linked-role --aws-service-name config.amazonaws.com', { Role: { Arn: role } });
  await cli.bad('iam create-service-linked-role --aws-service-name config.amazonaws.com', 'InvalidInput');
  await cli.bad(`${channel}${bucket}`, 'NoAvailableConfigurationRecorderException');
  await cli.good(`${put} name=default,roleARN=${role}`);
  await cli.bad(`${channel}no-such-bucket-here`, 'NoSuchBucketException');
  await cli.good(`${channel}${bucket}`);
  const named = `--region ${region} --configuration-recorder-name`;
  await cli.good(`configservice start-configuration-recorder ${named} default`);
  await cli.bad(`configservice start-configuration-recorder ${named} none`, 'NoSuchConfigurationRecorderException');
  await cli.good(`configservice describe-configuration-recorder-status --region ${region}`, {
    ConfigurationRecordersStatus: [{ name: 'default', recording: true }],
  });
  await cli.good(`configservice describe-delivery-channels --region ${region}`, {
    DeliveryChannels: [{ name: 'default', s3BucketName: bucket }],
  });
}
