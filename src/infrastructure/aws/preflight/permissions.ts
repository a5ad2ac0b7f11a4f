/** Whether a role may do what the service will ask of it, by AWS's own simulation of its policies. */
import { type IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import type { PolicyDocument, Statement } from '../../../domain/own-access/statements.js';
import { about, type CheckResult, type Level, looked } from './check-result.js';

export interface PermissionsLook {
  /** `own`, or the id of a payer. */
  readonly of: string;
  readonly what: string;
  /** The file of deploy/iam that says what is wanted. */
  readonly file: string;
  /** How bad it is where something is missing. */
  readonly lacking: Exclude<Level, 'ok'>;
  readonly iam: IAMClient;
  readonly roleArn: string;
  /** What the role must be allowed. */
  readonly wanted: PolicyDocument;
  readonly abortSignal: AbortSignal;
}

/**
 * One call for each statement, side by side. It knows the role's own policies and those of the organization, and nothing of the
 * policies of buckets and keys. Source: IAM API, SimulatePrincipalPolicy.
 */
export const permissionsLook = (look: PermissionsLook): Promise<CheckResult> =>
  looked(
    about(look.of, look.what),
    { level: 'warning', advice: 'Give the role its preflight policy of deploy/iam in order to have them looked at.' },
    async (finding) => {
      const { wanted } = look;
      const missing = (await Promise.all(wanted.Statement.map((statement) => missingOf(look, statement)))).flat();
      if (missing.length > 0)
        return finding[look.lacking](
          `${look.roleArn} may not ${missing.join(', ')}`,
          `Give it the policy ${look.file} of deploy/iam (npm run iam writes it for this configuration).`,
        );
      const actions = wanted.Statement.reduce((sum, { Action }) => sum + Action.length, 0);
      return finding.ok(`${actions} actions are allowed`);
    },
  );

/** The resources are patterns; one that stands for them is asked about. */
const oneOf = (pattern: string): string => pattern.replaceAll('p-*', 'p-example1').replaceAll('*', '000000000000');

async function missingOf(
  { iam, roleArn, abortSignal }: PermissionsLook,
  { Action, Resource = [], Condition }: Statement,
) {
  const command = new SimulatePrincipalPolicyCommand({
    PolicySourceArn: roleArn,
    ActionNames: [...Action],
    ...(Resource.includes('*') ? {} : { ResourceArns: Resource.map(oneOf) }),
    ContextEntries: Object.entries(Condition?.StringEquals ?? {}).map(([ContextKeyName, value]) => ({
      ContextKeyName,
      ContextKeyType: 'string' as const,
      ContextKeyValues: [value].flat(),
    })),
  });
  const { EvaluationResults = [] } = await iam.send(command, { abortSignal });
  const allowed = new Set(
    EvaluationResults.filter(({ EvalDecision }) => EvalDecision === 'allowed').map(
      ({ EvalActionName }) => EvalActionName,
    ),
  );
  return Action.filter((action) => !allowed.has(action));
}
