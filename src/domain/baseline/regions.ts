/** The regions of AWS that every account can use from the beginning; the others are enabled by name first. */

/** Source: AWS Account Management, Regions that are enabled by default; partition `aws`, November 2026. */
export const defaultRegions: readonly string[] = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
];

/** Whether AWS leaves the region disabled until somebody enables it. */
export const isOptIn = (region: string): boolean => !defaultRegions.includes(region);
