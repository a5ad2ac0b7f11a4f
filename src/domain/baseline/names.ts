/** The names of what the reseller puts into an account; the prefix comes from configuration. */

/** The IAM user handed over to the customer's administrator. */
export const administratorUserName = 'administrator';

/** The group that gives the customer's administrators their permissions. */
export const administratorsGroup = (prefix: string): string => `${prefix}Administrators`;

/** The role this service acts through once it has let itself in. */
export const automationRoleName = (prefix: string): string => `${prefix}DeveloperRole`;

/** The role a person assumes to sign straight in to the console. */
export function consoleRoleName(prefix: string, role: 'administrator' | 'read-only'): string {
  return { administrator: `${prefix}IntegrationAdminRole`, 'read-only': `${prefix}IntegrationReadOnlyRole` }[role];
}

/** The role AWS Organizations makes in a new account; used once, to bring in our own. */
export const wayInRoleName = 'OrganizationAccountAccessRole';

/** The role of the reseller's support staff. */
export const operationsRoleName = (prefix: string): string => `${prefix}OperationsRole`;

/** The role that cost analytics read through. */
export const optimizationRoleName = (prefix: string): string => `${prefix}CloudOptimization`;

/** The policy of every IAM user of the customer. */
export const customerPolicyName = (prefix: string): string => `${prefix}CustomerPolicy`;

/** The policy that withholds AWS Support from whoever carries it. */
export const noSupportPolicyName = (prefix: string): string => `${prefix}CustNoSupportPolicy`;

/** The policy by which the customer's administrators do nothing before a second factor has proved who they are. */
export const forceMfaPolicyName = (prefix: string): string => `${prefix}ForceMFAPolicy`;

/** The multi-region trail of security events. CloudTrail wants lower case, digits and single punctuation here. */
export const trailName = (prefix: string): string => `${prefix.toLowerCase()}-audit`;

/** The analyzer of external access. A name begins with a letter. Source: IAM Access Analyzer API, CreateAnalyzer. */
export const analyzerName = (prefix: string): string => `${prefix}ExternalAccess`;

export type BucketPurpose = 'audit' | 'config';

/**
 * A bucket name in the account-regional namespace, which nobody else can take beforehand.
 * Source: S3 CreateBucket, BucketNamespace: the name must end in `-<account>-<region>-an`.
 */
export function bucketName(prefix: string, purpose: BucketPurpose, accountId: string, region: string): string {
  return `${prefix.toLowerCase()}${purpose}-${accountId}-${region}-an`;
}
