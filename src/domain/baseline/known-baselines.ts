/** Every desired state that this service has ever stood for, whole, so that an account is held to the one that was applied there. */
import { requireType } from '../foreign-event.js';
import type { BaselineStep } from '../provider/steps.js';
import { desiredState } from './desired-state.js';
import type { DesiredObject } from './objects.js';
import type { BaselineSettings } from './settings.js';

export type BaselineDescribed = {
  readonly type: 'BaselineDescribed';
  readonly baselineVersion: string;
  /** Of the content, `jcs1:` and SHA-256. */
  readonly digest: string;
  /** JSON of {@link DescribedParts}, with {account} where an account's id belongs, and so on. */
  readonly content: string;
};
export type BaselineEvent = BaselineDescribed;

/** The objects of each step. */
export type DescribedParts = readonly { readonly step: BaselineStep; readonly objects: readonly DesiredObject[] }[];

/** What differs from one account to another. */
export interface PlaceOf {
  readonly accountId: string;
  /** The role by which the account's payer is entered; absent: no payer of ours gets in by AWS's default role. */
  readonly payerRoleArn?: string;
}

/** These stand for the ids of an account and of its payer, and for the payer's role; no name or ARN of AWS holds them otherwise. */
export const anyPlace: PlaceOf = { accountId: '{account}', payerRoleArn: 'arn:aws:iam::{payer}:role/{payer-role}' };
const placeholders = /\{(account|payer|payer-role)\}/g;

/** The contents by digest, the latest last. */
export type KnownBaselines = Readonly<Record<string, string>>;

export const noBaselines: KnownBaselines = {};

/** All objects of the parts, in their order. */
export const objectsOf = (parts: DescribedParts): readonly DesiredObject[] => parts.flatMap(({ objects }) => objects);

/** All of them are in one stream, so that they are found without being known. */
export const baselinesId = 'described';

/** The parts of the baseline of any account under these settings. */
export const partsUnder = (
  settings: Omit<BaselineSettings, keyof PlaceOf>,
  steps: readonly BaselineStep[],
): DescribedParts => steps.map((step) => ({ step, objects: desiredState(step, { ...settings, ...anyPlace }) }));

/** The parts as they are in one account. */
export function partsIn(content: string, { accountId, payerRoleArn }: PlaceOf): DescribedParts {
  const [, , , , payer = '', resource = ''] = payerRoleArn?.split(':') ?? [];
  const values: Readonly<Record<string, string>> = {
    account: accountId,
    payer,
    'payer-role': resource.slice('role/'.length),
  };
  const filled = content.replaceAll(placeholders, (_, name: string) => JSON.stringify(values[name]).slice(1, -1));
  const parts = JSON.parse(filled) as DescribedParts;
  if (payerRoleArn !== undefined) return parts;
  return parts.map(({ step, objects }) => ({ step, objects: objects.filter(({ kind }) => kind !== 'role-trust') }));
}

/** The fact that this desired state is stood for, unless it is on record. */
export const describeBaseline = (
  described: Omit<BaselineDescribed, 'type'>,
  known: KnownBaselines,
): readonly BaselineDescribed[] => (described.digest in known ? [] : [{ type: 'BaselineDescribed', ...described }]);

export function evolveBaselines(known: KnownBaselines, event: BaselineEvent): KnownBaselines {
  requireType(event, 'BaselineDescribed');
  return { ...known, [event.digest]: event.content };
}
