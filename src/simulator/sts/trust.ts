/** Decides whether a role's trust policy lets somebody do something: an explicit Deny, else an Allow, else no. */
import type { Principal } from '../engine/core.js';
import { asList, type Condition, type ConditionContext, conditionHolds, like } from './trust-conditions.js';

/** Who asks: a signed principal, or an AWS service that would take the role for itself. */
type TrustSubject = { readonly principal: Principal } | { readonly service: string };

interface TrustQuestion {
  readonly subject: TrustSubject;
  /** Such as `sts:AssumeRole`. */
  readonly action: string;
  /** Condition keys, whatever their case, with their values; a key that is absent from the request is absent here. */
  readonly context: ConditionContext;
}

type Principals = string | Readonly<Record<string, string | readonly string[]>>;

interface Statement {
  readonly Effect?: string;
  readonly Principal?: Principals;
  readonly NotPrincipal?: Principals;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Condition?: Condition;
}

/**
 * Whether the trust policy (JSON text) allows the action. A policy that cannot be read allows nothing.
 * Source: IAM User Guide, Policy evaluation logic, and AWS JSON policy elements: Principal.
 */
export function trusts(policy: string, question: TrustQuestion): boolean {
  const applying = statementsOf(policy).filter((statement) => applies(statement, question));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return false;
  return applying.some(({ Effect }) => Effect === 'Allow');
}

function statementsOf(policy: string): readonly Statement[] {
  try {
    const { Statement: statements } = JSON.parse(policy) as { readonly Statement?: Statement | readonly Statement[] };
    return asList(statements ?? []);
  } catch {
    return [];
  }
}

function applies(statement: Statement, { subject, action, context }: TrustQuestion): boolean {
  const named = statement.Principal
    ? names(statement.Principal, subject)
    : statement.NotPrincipal !== undefined && !names(statement.NotPrincipal, subject);
  if (!named || !covers(statement, action)) return false;
  return conditionHolds(statement.Condition ?? {}, context, statement.Effect === 'Deny');
}

function covers({ Action, NotAction }: Statement, action: string): boolean {
  const matches = (patterns: string | readonly string[]) =>
    asList(patterns).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()));
  return Action === undefined ? NotAction !== undefined && !matches(NotAction) : matches(Action);
}

function names(principals: Principals, subject: TrustSubject): boolean {
  if (principals === '*') return true;
  if (typeof principals === 'string') return false;
  if ('service' in subject) return asList(principals.Service ?? []).includes(subject.service);
  return asList(principals.AWS ?? []).some((name) => isPrincipal(name, subject.principal));
}

/** An account, in either spelling, stands for everybody in it; wildcards inside an ARN stand for nobody. */
function isPrincipal(name: string, { account, arn, roleArn }: Principal): boolean {
  return name === '*' || [arn, roleArn, account, `arn:aws:iam::${account}:root`].includes(name);
}
