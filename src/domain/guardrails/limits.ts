/** What fits on an organizational unit beside AWS's own FullAWSAccess. */

/**
 * Five policies may hang on a unit, and FullAWSAccess is one of them; each may have 5,120 characters. AWS allows twice as
 * much since 2026, by sources that are not its own. Source: Organizations quotas, aws-facts §5.2.
 */
export const limits = { policies: 4, characters: 5_120 };
