/** The SDK clients that act inside one customer account, all with the credentials of one role. */
import { AccessAnalyzerClient } from '@aws-sdk/client-accessanalyzer';
import { AccountClient } from '@aws-sdk/client-account';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
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
  /** In the home region; what it keeps is true of the whole account. */
  readonly s3Control: S3ControlClient;
  readonly sts: STSClient;
  /** Account Management, which is global. */
  readonly account: AccountClient;
  accessAnalyzer(region: string): AccessAnalyzerClient;
  /** Loaded when first asked for: the SDK's description of EC2 is larger than those of all other services together. */
  ec2(region: string): Promise<EC2Client>;
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
    s3Control: watched(new S3ControlClient({ ...of(homeRegion), ...atThisEndpoint(settings) }), {
      around,
      metrics,
      region: homeRegion,
    }),
    sts: watched(new STSClient(of(settings.region)), { around, metrics, region: settings.region }),
    account: watched(new AccountClient(of(globalRegion)), { around, metrics }),
    accessAnalyzer: perRegion((region) => watched(new AccessAnalyzerClient(of(region)), { around, metrics, region })),
    ec2: perRegion(async (region) => {
      const { EC2Client } = await import('@aws-sdk/client-ec2');
      return watched(new EC2Client(of(region)), { around, metrics, region });
    }),
    cloudTrail: perRegion((region) => watched(new CloudTrailClient(of(region)), { around, metrics, region })),
    config: perRegion((region) => watched(new ConfigServiceClient(of(region)), { around, metrics, region })),
  };
}

/** The rules of S3 Control put the account in front of the host, which no address of another AWS has. */
function atThisEndpoint({ endpoint }: AwsSettings) {
  return endpoint === '' ? {} : { endpointProvider: () => ({ url: new URL(endpoint) }) };
}

function perRegion<C>(make: (region: string) => C): (region: string) => C {
  const made = new Map<string, C>();
  return (region) => {
    const client = made.get(region) ?? make(region);
    made.set(region, client);
    return client;
  };
}
