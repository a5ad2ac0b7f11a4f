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
  /** JSON of {@link DescribedParts}, with {account} where an account's id belongs. */
  readonly content: string;
};
export type BaselineEvent = BaselineDescribed;

/** The objects of each step. */
export type DescribedParts = readonly { readonly step: BaselineStep; readonly objects: readonly DesiredObject[] }[];

/** Stands for the id of an account; no name or ARN of AWS holds it otherwise. */
const anyAccount = '{account}';

/** The contents by digest, the latest last. */
export type KnownBaselines = Readonly<Record<string, string>>;

export const noBaselines: KnownBaselines = {};

/** All of them are in one stream, so that they are found without being known. */
export const baselinesId = 'described';

/** The parts of the baseline of any account under these settings. */
export const partsUnder = (
  settings: Omit<BaselineSettings, 'accountId'>,
  steps: readonly BaselineStep[],
): DescribedParts =>
  steps.map((step) => ({ step, objects: desiredState(step, { ...settings, accountId: anyAccount }) }));

/** The parts as they are in one account. */
export const partsIn = (content: string, accountId: string): DescribedParts =>
  JSON.parse(content.replaceAll(anyAccount, accountId)) as DescribedParts;

/** The fact that this desired state is stood for, unless it is on record. */
export const describeBaseline = (
  described: Omit<BaselineDescribed, 'type'>,
  known: KnownBaselines,
): readonly BaselineDescribed[] => (described.digest in known ? [] : [{ type: 'BaselineDescribed', ...described }]);

export function evolveBaselines(known: KnownBaselines, event: BaselineEvent): KnownBaselines {
  requireType(event, 'BaselineDescribed');
  return { ...known, [event.digest]: event.content };
}
