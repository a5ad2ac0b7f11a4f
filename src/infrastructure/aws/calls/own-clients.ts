/** The SDK clients that act as this service itself, in its own account and with its own credentials. */
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import { proxyEnvironment } from '../../proxy.js';
import { type ClientOptions, globalRegion } from './account-clients.js';
import { ownCredentials } from './own-credentials.js';
import { type SetUpHealth, setUpFaults } from './set-up-faults.js';
import type { AwsSettings } from './settings.js';
import { type Watchable, watched } from './watched-calls.js';

export interface OwnClients {
  readonly sts: STSClient;
  /** What every other client takes: one handler, and so one bounded pool of connections, serves them all. */
  readonly options: ClientOptions;
  s3(region: string): S3Client;
  secrets(region: string): SecretsManagerClient;
  sns(region: string): SNSClient;
  /** Another client of our own account, for what the service itself never needs. */
  other<C extends Watchable>(make: (config: OwnClient) => C): C;
}

/** What such a client is made of. */
type OwnClient = ClientOptions & { readonly region: string; readonly credentials?: AwsSettings['credentials'] };

const connectionTimeoutMs = 3_000;
const requestTimeoutMs = 10_000;
const socketsPerHost = 50;
const maxAttempts = 3;

/** Twelve digits. */
export const ownAccount = ({ automationRoleArn }: AwsSettings): string => automationRoleArn.split(':')[4] ?? '';

/** Opens them; no call is made yet. */
export function openOwn(settings: AwsSettings, health: SetUpHealth, ourAccounts: ReadonlySet<string>): OwnClients {
  const whose = `our own account ${ownAccount(settings)}`;
  const watch = (region: string) => ({
    region,
    around: [health.around(whose, region), setUpFaults({ whose, region, ourAccounts }), ownCredentials],
    metrics: settings.metrics,
  });
  const { region, endpoint, credentials } = settings;
  const common = { ...(endpoint ? { endpoint } : {}), maxAttempts };
  const own = credentials ? { credentials } : {};
  const sts = watched(new STSClient({ ...common, ...own, requestHandler: handlerOf(settings), region }), watch(region));
  const options = { ...common, requestHandler: sts.config.requestHandler };
  return {
    sts,
    options,
    s3: (of) => watched(new S3Client({ ...options, ...own, region: of, forcePathStyle: endpoint !== '' }), watch(of)),
    secrets: (of) => watched(new SecretsManagerClient({ ...options, ...own, region: of }), watch(of)),
    sns: (of) => watched(new SNSClient({ ...options, ...own, region: of }), watch(of)),
    other: (make) => watched(make({ ...options, ...own, region: globalRegion }), watch(globalRegion)),
  };
}

function handlerOf({ requestHandler }: AwsSettings) {
  // A proxy named in the environment is the only way out of many networks.
  const pool = { keepAlive: true, maxSockets: socketsPerHost, proxyEnv: proxyEnvironment(process.env) };
  const limits = {
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: requestTimeoutMs,
    socketTimeout: requestTimeoutMs,
    // Without this the SDK only warns.
    throwOnRequestTimeout: true,
    httpAgent: pool,
    httpsAgent: pool,
  };
  return requestHandler ?? limits;
}
