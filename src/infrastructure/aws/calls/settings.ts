/** What the adapter of AWS needs to know from the configuration. */
import type { STSClientConfig } from '@aws-sdk/client-sts';
import type { Metrics } from '../../../application/ports/metrics.js';
import type { BaselineSettings } from '../../../domain/baseline/settings.js';

/** One management account of the reseller. */
export interface PayerSettings {
  readonly id: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** The role in the payer that this service assumes. */
  readonly roleArn: string;
  /** Id of the organizational unit (`ou-…`) that customer accounts belong in. */
  readonly customersUnit: string;
  readonly homeRegion: string;
}

export interface AwsSettings {
  /** The URL of another AWS, such as the simulator; empty means the real one. */
  readonly endpoint: string;
  /** The region of our own STS calls. */
  readonly region: string;
  readonly automationRoleArn: string;
  readonly payers: readonly PayerSettings[];
  /** Prefix of the reseller's objects, such as `CTL`. */
  readonly prefix: string;
  readonly resellerName: string;
  readonly baseline: Pick<
    BaselineSettings,
    'homeRegion' | 'regions' | 'securedRegions' | 'contacts' | 'purchases' | 'defaultRole'
  >;
  /** Whether an account is linked where no guardrail of the payer's own is in force. */
  readonly guardrails: 'required' | 'report';
  /** Whether an account is handed over where AWS allows what must be denied in it. */
  readonly liveProof: 'required' | 'report';
  /** How long a temporary password may stay unclaimed. */
  readonly credentialLifetimeMs: number;
  /** Hears of every call and what came of it. */
  readonly metrics?: Metrics;
  /** Replaces the network, for tests that must be deterministic. */
  readonly requestHandler?: STSClientConfig['requestHandler'];
  /** Replaces the clock by which a payer that was hard pressed rests; milliseconds since the epoch. */
  readonly now?: () => number;
  /** Replaces the default credential chain. */
  readonly credentials?: STSClientConfig['credentials'];
}
