/** What can happen to the hardening of an account once it is in use, as stored for ever. */
import type { BaselineStep } from '../provider/steps.js';
import type { Finding } from './findings.js';

/** The whole of what a look found: what an earlier one found and this one does not is over. */
export type DriftDetected = {
  readonly type: 'DriftDetected';
  readonly findings: readonly Finding[];
  /** What is wrong with the guardrails over the account, for the reseller's people. */
  readonly guardrails: readonly string[];
};
/** These objects are as they were applied again. */
export type HardeningReapplied = {
  readonly type: 'HardeningReapplied';
  readonly objects: readonly string[];
  /** What was changed, one line each; none where somebody else has put them right. */
  readonly changes: readonly string[];
};
export type BaselineExceptionGranted = {
  readonly type: 'BaselineExceptionGranted';
  readonly object: string;
  /** Who answers for it: an opaque id, never a name. */
  readonly owner: string;
  readonly reason: string;
  /** ISO time at which it ends by itself. */
  readonly until: string;
};
export type BaselineExceptionRevoked = { readonly type: 'BaselineExceptionRevoked'; readonly object: string };
export type BaselineExceptionExpired = { readonly type: 'BaselineExceptionExpired'; readonly object: string };
/** The account is held to another desired state from here on, because an operator rolled it out. */
export type BaselineUpgradeApplied = {
  readonly type: 'BaselineUpgradeApplied';
  readonly baselineVersion: string;
  /** Of the desired state, as `BaselineDescribed` has it. */
  readonly digest: string;
  /** Of the objects of each step, as `BaselineStepApplied` has it. */
  readonly steps: readonly { readonly step: BaselineStep; readonly digest: string }[];
  readonly changes: readonly string[];
};

export type HardeningEvent =
  | BaselineUpgradeApplied
  | DriftDetected
  | HardeningReapplied
  | BaselineExceptionGranted
  | BaselineExceptionRevoked
  | BaselineExceptionExpired;
