/** A new account's services refuse their work for a while, each with an error of its own; Organizations and STS serve it. */

import { AwsError, type Call } from '../engine/core.js';
import type { AccountDocument } from './accounts.js';

interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

const needsSubscription = 'The AWS Access Key Id needs a subscription for the service';

/**
 * What each service says while the account is young. Source: aws-deployment-framework #283, org-formation-cli #133,
 * terraform-provider-aws #15654, amplify-cli #4446 (OptInRequired of a Query service), webiny-js #1517
 * (SubscriptionRequiredException 400 and S3's NotSignedUp 403 in the same new account).
 */
const refusals: Readonly<Record<string, Refusal>> = {
  iam: { code: 'OptInRequired', status: 403, message: needsSubscription },
  s3: {
    code: 'NotSignedUp',
    status: 403,
    message: 'Your account is not signed up for the S3 service. You must sign up before you can use S3.',
  },
  's3-control': {
    code: 'NotSignedUp',
    status: 403,
    message: 'Your account is not signed up for the S3 service. You must sign up before you can use S3.',
  },
  ec2: { code: 'OptInRequired', status: 401, message: 'You are not subscribed to this service.' },
  cloudtrail: { code: 'SubscriptionRequiredException', status: 400, message: needsSubscription },
  config: { code: 'OptInRequired', status: 403, message: needsSubscription },
};

/** Throws the service's own young-account error until the services of the account are ready. */
export function refuseYoung({ service, now }: Call, { servicesReadyAt }: AccountDocument): void {
  const refusal = refusals[service];
  if (refusal && now < servicesReadyAt) throw new AwsError(refusal.code, refusal.status, refusal.message);
}
