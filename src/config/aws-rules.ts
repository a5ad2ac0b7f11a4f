/** What AWS's own names and ids may look like in the configuration. */
import { text } from './rules.js';

/** Of the partition `aws` alone: the baseline writes ARNs, and AWS's other partitions (China, GovCloud, isolated) begin theirs otherwise. */
const region = /^(?!cn-|us-gov-|[a-z]{2}-iso[a-z]*-)[a-z]{2}(-[a-z]+)+-\d$/;

export const accountId = text(/^\d{12}$/, 'an AWS account id: 12 digits in quotes');
export const regionName = text(region, 'the name of a commercial AWS region, such as us-east-1');
/** Source: Organizations API, MoveAccount, DestinationParentId. */
export const organizationalUnit = text(
  /^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/,
  'the id of an organizational unit, such as ou-ab12-cdefgh34',
);
/** Source: IAM API, Role: path and name. */
export const roleArn = text(
  /^arn:aws:iam::\d{12}:role\/([\x21-\x7e]+\/)?[\w+=,.@-]{1,64}$/,
  'the ARN of an IAM role, such as arn:aws:iam::111122223333:role/Name',
);
export const roleName = text(
  /^(?!\/)([\x21-\x7e]+\/)?[\w+=,.@-]{1,64}$/,
  'the name of an IAM role, after its path where it has one, such as BreakGlass',
);
/** Of whom AWS reaches. Source: AWS Account Management API, PutAlternateContact. */
export const contactName = text(/^[^\p{Cc}]{1,64}$/u, '1 to 64 printable characters');
export const contactTitle = text(/^[^\p{Cc}]{1,50}$/u, '1 to 50 printable characters');
export const emailAddress = text(
  /^(?=.{3,254}$)[\w+=.#|!&-]+@[\w.-]+\.\w+$/,
  'an e-mail address, such as security@reseller.example',
);
export const phoneNumber = text(/^[\s0-9()+-]{1,25}$/, 'a phone number in quotes: digits, spaces and ( ) + -');
/** Source: S3 User Guide, General purpose bucket naming rules. */
export const bucketName = text(
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  'the name of a bucket: 3 to 63 small letters, digits, hyphens and dots',
);
export const objectPath = text(/^[A-Za-z0-9._/-]{1,200}$/, 'letters, digits and . _ / -, such as audit/');
/** Source: Secrets Manager API, CreateSecret, Name. */
/** A standard topic, in a commercial region; what people subscribe to is no queue. */
export const snsTopic = text(
  /^arn:aws:sns:[a-z]{2}(-[a-z]+)+-\d:\d{12}:[A-Za-z0-9_-]{1,256}$/,
  'the ARN of a standard SNS topic, such as arn:aws:sns:us-east-1:123456789012:partner-cloud',
);
export const secretPrefix = text(/^[A-Za-z0-9/_+=.@-]{1,64}$/, '1 to 64 letters, digits and / _ + = . @ -');
export const kmsKey = text(/^[A-Za-z0-9:/_-]{1,2048}$/, 'the id, ARN or alias of a KMS key');
