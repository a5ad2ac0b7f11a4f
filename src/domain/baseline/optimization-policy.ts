/**
 * What cost analytics and best-practice checks read: the shape and use of resources, never what customers keep
 * in them.
 */
import { type PolicyDocument, policy } from './policy-document.js';

/**
 * Reading verbs by service; where `Get` would hand out contents (objects, items, parameters, code) it is
 * narrowed or absent.
 */
const readings: Readonly<Record<string, readonly string[]>> = {
  acm: ['Describe*', 'List*'],
  apigateway: ['GET'],
  autoscaling: ['Describe*'],
  cloudformation: ['Describe*', 'List*'],
  cloudfront: ['List*', 'GetDistributionConfig'],
  cloudtrail: ['Describe*', 'GetTrailStatus'],
  cloudwatch: ['Describe*', 'Get*', 'List*'],
  ce: ['Describe*', 'Get*', 'List*'],
  'compute-optimizer': ['Describe*', 'Get*'],
  config: ['Describe*', 'Get*', 'List*'],
  'cost-optimization-hub': ['Get*', 'List*'],
  directconnect: ['Describe*'],
  dynamodb: ['Describe*', 'List*'],
  ec2: ['Describe*', 'GetReservedInstancesExchangeQuote'],
  ecr: ['Describe*'],
  ecs: ['Describe*', 'List*'],
  eks: ['Describe*', 'List*'],
  elasticache: ['Describe*', 'List*'],
  elasticbeanstalk: ['Describe*', 'List*'],
  elasticfilesystem: ['Describe*'],
  elasticloadbalancing: ['Describe*'],
  elasticmapreduce: ['Describe*', 'List*'],
  es: ['Describe*', 'List*'],
  firehose: ['Describe*', 'List*'],
  glacier: ['Describe*', 'List*'],
  health: ['Describe*'],
  iam: ['GenerateCredentialReport', 'Get*', 'List*'],
  kinesis: ['Describe*', 'List*'],
  kms: ['Describe*', 'List*'],
  lambda: ['GetAccountSettings', 'List*'],
  rds: ['Describe*', 'List*'],
  redshift: ['Describe*'],
  route53: ['List*'],
  s3: ['GetBucket*', 'GetEncryptionConfiguration', 'GetLifecycleConfiguration', 'ListAllMyBuckets', 'ListBucket'],
  savingsplans: ['Describe*', 'List*'],
  servicequotas: ['Get*', 'List*'],
  sns: ['GetTopicAttributes', 'List*'],
  sqs: ['GetQueueAttributes', 'List*'],
  tag: ['Get*'],
  trustedadvisor: ['Describe*', 'Get*', 'List*'],
};

export const optimizationPolicy = (): PolicyDocument =>
  policy({
    Sid: 'SeeShapeAndUse',
    Effect: 'Allow',
    Action: Object.entries(readings).flatMap(([service, verbs]) => verbs.map((verb) => `${service}:${verb}`)),
    Resource: '*',
  });
