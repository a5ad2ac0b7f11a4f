/** The SDK clients that act inside one customer account, all with the credentials of one role. */
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import type { RoleSession } from './role-sessions.js';
import type { AwsSettings } from './settings.js';
import { type Around, watched } from './watched-calls.js';

/** Organizations and IAM are global and signed for this region. Source: the SDK's endpoint rules. */
export const globalRegion = 'us-east-1';

/** What all clients share: the endpoint, the pool of connections, the number of attempts. */
export interface ClientOptions extends Pick<STSClient['config'], 'requestHandler'> {
  readonly endpoint?: string;
  readonly maxAttempts: number;
}

/** Clients that act inside one customer account. */
export interface AccountClients {
  readonly iam: IAMClient;
  /** Never sends a request twice by itself: for calls on a password, whose every lost answer must be known. */
  readonly iamOnce: IAMClient;
  /** In the home region of the baseline. */
  readonly s3: S3Client;
  readonly sts: STSClient;
  cloudTrail(region: string): CloudTrailClient;
  config(region: string): ConfigServiceClient;
}

/** Opens the clients of an account; those of a region when first asked for. No call is made yet. */
export function openAccount(
  { credentials, around: session }: RoleSession,
  life: Around,
  options: ClientOptions,
  settings: AwsSettings,
): AccountClients {
  const of = (region: string) => ({ ...options, credentials, region });
  const { metrics } = settings;
  const around = [life, session];
  const { homeRegion } = settings.baseline;
  return {
    iam: watched(new IAMClient(of(globalRegion)), { around, metrics }),
    iamOnce: watched(new IAMClient({ ...of(globalRegion), maxAttempts: 1 }), { around, metrics }),
    s3: watched(new S3Client({ ...of(homeRegion), forcePathStyle: settings.endpoint !== '' }), {
      around,
      metrics,
      region: homeRegion,
    }),
    sts: watched(new STSClient(of(settings.region)), { around, metrics, region: settings.region }),
    cloudTrail: perRegion((region) => watched(new CloudTrailClient(of(region)), { around, metrics, region })),
    config: perRegion((region) => watched(new ConfigServiceClient(of(region)), { around, metrics, region })),
  };
}

function perRegion<C>(make: (region: string) => C): (region: string) => C {
  const made = new Map<string, C>();
  return (region) => {
    const client = made.get(region) ?? make(region);
    made.set(region, client);
    return client;
  };
}
