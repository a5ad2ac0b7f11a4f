/** What can happen to the baseline of a provider's account before its credentials, and what proves it, as stored for ever. */
import type { BaselineStep } from './steps.js';

export type BaselineStepApplied = {
  readonly type: 'BaselineStepApplied';
  readonly step: BaselineStep;
  readonly regions: readonly string[];
  readonly baselineVersion: string;
  /** Of this step's desired state. */
  readonly digest: string;
  /** Of the whole baseline's desired state. */
  readonly baselineDigest: string;
  /** One line for each change made, in the words of the plan; empty when all was already as desired. */
  readonly changes: readonly string[];
  /** The parts that this baseline leaves until after the credentials; absent: none, as before there were such parts. */
  readonly afterCredentials?: readonly BaselineStep[];
};
export type BaselineApplied = {
  readonly type: 'BaselineApplied';
  readonly baselineVersion: string;
  readonly digest: string;
  /** The parts that are owed once the credentials are issued; absent: none, as before there were such parts. */
  readonly afterCredentials?: readonly BaselineStep[];
};
/** What AWS's own simulation of its policies decided, in the account, about what matters most. */
export type LiveProofRecorded = {
  readonly type: 'LiveProofRecorded';
  /** The rows that AWS was asked for, by name; none where it could not be asked in time. */
  readonly rows: readonly string[];
  /** Those that AWS decided otherwise than they should be. */
  readonly wrong: readonly {
    readonly row: string;
    readonly expected: 'allowed' | 'denied';
    readonly decision: string;
  }[];
};

export type BaselineEvent = BaselineStepApplied | BaselineApplied | LiveProofRecorded;
