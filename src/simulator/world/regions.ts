/** Which regions an account can use: some from the beginning, the others once they were enabled. */
import type { Call, Documents } from '../engine/core.js';
import { troubleOf } from '../engine/dialects.js';

/** Enabled in every account. Source: AWS Account Management, Regions that are enabled by default; AWS in its partition `aws`. */
const byDefault: ReadonlySet<string> = new Set([
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  ...['ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'sa-east-1'],
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
]);

/** Disabled until somebody enables them. Source: AWS Account Management, Regions that are disabled by default. */
const optIn: ReadonlySet<string> = new Set([
  ...['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-south-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5'],
  ...['ap-southeast-6', 'ap-southeast-7', 'ca-west-1', 'eu-central-2', 'eu-south-1', 'eu-south-2', 'il-central-1'],
  ...['me-central-1', 'me-south-1', 'mx-central-1'],
]);

export type RegionStatus = 'ENABLED_BY_DEFAULT' | 'ENABLED' | 'ENABLING' | 'DISABLED';

/** Kind `region`, account, key: the region's name. Milliseconds since the epoch. */
interface RegionDocument {
  readonly enabledAt: number;
}

const kind = 'region';

/** The status of a region in an account, or `undefined` for a name that is no region's. */
export function regionStatus(documents: Documents, account: string, region: string, now: number) {
  if (byDefault.has(region)) return 'ENABLED_BY_DEFAULT' satisfies RegionStatus;
  if (!optIn.has(region)) return undefined;
  const enabled = documents.get<RegionDocument>(kind, account, region);
  if (!enabled) return 'DISABLED' satisfies RegionStatus;
  return now < enabled.enabledAt ? ('ENABLING' satisfies RegionStatus) : ('ENABLED' satisfies RegionStatus);
}

/** The region counts as enabled from a moment on. */
export const enableRegion = (documents: Documents, account: string, region: string, enabledAt: number): void =>
  documents.put(kind, account, region, { enabledAt } satisfies RegionDocument);

export const disableRegion = (documents: Documents, account: string, region: string): void =>
  documents.remove(kind, account, region);

/** Services whose calls are signed for one region in any case, wherever their caller is. */
const global: ReadonlySet<string> = new Set(['account', 'iam', 'organizations']);

/**
 * Throws what a service says of credentials that its region does not know, because the account has not enabled it.
 * Source: IAM User Guide, Managing AWS STS in an AWS Region: credentials are valid in enabled regions.
 */
export function refuseRegion({ service, region, account, documents, now }: Call): void {
  if (global.has(service)) return;
  const status = regionStatus(documents, account, region, now);
  if (status === 'DISABLED' || status === 'ENABLING') throw troubleOf(service, 'unknown-key');
}
