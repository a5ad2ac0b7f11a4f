/** S3's errors with their codes, HTTP statuses and words. Source: S3 API, Error responses. */
import { AwsError } from '../engine/core.js';

export const noSuchBucket = (bucket: string): AwsError =>
  new AwsError('NoSuchBucket', 404, 'The specified bucket does not exist', { BucketName: bucket });
export const accessDenied = (): AwsError => new AwsError('AccessDenied', 403, 'Access Denied');
export const malformedXml = (): AwsError =>
  new AwsError(
    'MalformedXML',
    400,
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
export const invalidBucketName = (bucket: string): AwsError =>
  new AwsError('InvalidBucketName', 400, 'The specified bucket is not valid.', { BucketName: bucket });
export const malformedPolicy = (message: string): AwsError => new AwsError('MalformedPolicy', 400, message);

/** The answer of one region about a bucket of another. The header says where to ask. */
export const wrongRegion = (bucket: string, region: string): AwsError =>
  new AwsError(
    'PermanentRedirect',
    301,
    'The bucket you are attempting to access must be addressed using the specified endpoint. ' +
      'Please send all future requests to this endpoint.',
    { Bucket: bucket, Endpoint: `${bucket}.s3.${region}.amazonaws.com`, [regionHeader]: region },
  );

/** An error's member of this name becomes a header of the answer. */
export const regionHeader = 'x-amz-bucket-region';
