/** Asks AWS what its policies decide, by its own simulation: identity policies and, since July 2026, service control policies. */
import {
  type ContextEntry,
  type EvaluationResult,
  type IAMClient,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import type { ProofRow } from '../../../domain/baseline/live-proof.js';

/** A row with what AWS decided, in its words: `allowed`, `explicitDeny` or `implicitDeny`. */
export interface Decided {
  readonly row: ProofRow;
  readonly decision: string;
}

const keyOf = ({ principal, resource, mfa }: ProofRow): string => `${principal} ${resource} ${mfa}`;

/**
 * Every row with AWS's decision: one call for each principal, resource and factor, side by side. Throws what AWS answers.
 * Source: IAM API, SimulatePrincipalPolicy; each action is decided for each resource of a call.
 */
export async function askAws(
  iam: IAMClient,
  rows: readonly ProofRow[],
  abortSignal: AbortSignal,
): Promise<readonly Decided[]> {
  const asked = [...Map.groupBy(rows, keyOf).values()].map((alike) => askTogether(iam, alike, abortSignal));
  const decisions = new Map((await Promise.all(asked)).flat());
  return rows.map((row) => ({ row, decision: decisions.get(row) ?? 'no answer' }));
}

async function askTogether(iam: IAMClient, rows: readonly ProofRow[], abortSignal: AbortSignal) {
  const command = new SimulatePrincipalPolicyCommand({
    PolicySourceArn: rows[0]?.principal,
    ActionNames: rows.map(({ action }) => action),
    ResourceArns: [rows[0]?.resource ?? '*'],
    ContextEntries: contextOf(rows[0]?.mfa),
  });
  const { EvaluationResults = [] } = await iam.send(command, { abortSignal });
  return rows.map((row) => [row, decisionOf(EvaluationResults, row.action)] as const);
}

/** The simulation knows no session, so what AWS puts into a request of one is said here. */
const contextOf = (mfa: boolean | undefined): ContextEntry[] =>
  mfa === undefined
    ? []
    : [
        {
          ContextKeyName: 'aws:MultiFactorAuthPresent',
          ContextKeyType: 'boolean',
          ContextKeyValues: [String(mfa)],
        },
      ];

const decisionOf = (results: readonly EvaluationResult[], action: string): string | undefined =>
  results.find(({ EvalActionName }) => EvalActionName === action)?.EvalDecision;

/** Whether AWS decided as it should. */
export const isRight = ({ row: { expected }, decision }: Decided): boolean =>
  expected === 'allowed' ? decision === 'allowed' : decision === 'explicitDeny' || decision === 'implicitDeny';
