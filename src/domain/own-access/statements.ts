/** How a permission of this service is written down. Source: IAM User Guide, Grammar of the IAM JSON policy language. */

export interface Statement {
  /** What it is for, in letters alone, as AWS wants it. */
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal?: Readonly<Record<'AWS', string>>;
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** What the policies depend on. */
export interface OwnAccessSettings {
  readonly automationRoleArn: string;
  /** Prefix of the reseller's objects, such as `CTL`. */
  readonly prefix: string;
  readonly vault: { readonly region: string; readonly prefix: string; readonly kmsKeyId: string };
  readonly archive: { readonly bucket: string; readonly prefix: string };
  /** ARNs of the topics of SNS that people are told by. */
  readonly topics: readonly string[];
}

/** One management account. */
export interface OwnAccessPayer {
  readonly id: string;
  /** Twelve digits. */
  readonly accountId: string;
  readonly roleArn: string;
  /** Ids of the units that guardrails are attached to, and of all that the configuration names. */
  readonly units: { readonly guarded: readonly string[]; readonly all: readonly string[] };
}

export const documentOf = (...statements: readonly Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements,
});

export const allow = (
  Sid: string,
  Action: readonly string[],
  Resource: readonly string[] = ['*'],
  Condition?: Statement['Condition'],
): Statement => ({ Sid, Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) });

/** The account of a role, twelve digits. */
export const accountOf = (roleArn: string): string => roleArn.split(':')[4] ?? '';
