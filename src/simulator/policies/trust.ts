/** Whether a role's trust policy lets somebody do something: an explicit Deny, else an Allow, else no. */
import type { Principal } from '../engine/core.js';
import type { RequestFacts } from './conditions.js';
import { PolicyFault } from './elements.js';
import { verdictOf } from './evaluation.js';
import { parsePolicy } from './grammar.js';

interface TrustQuestion {
  /** Who asks: a signed principal, or an AWS service that would take the role for itself. */
  readonly subject: { readonly principal: Principal } | { readonly service: string };
  /** Such as `sts:AssumeRole`. */
  readonly action: string;
  readonly context: RequestFacts;
}

/**
 * Whether the trust policy (JSON text) allows the action. A policy that cannot be read allows nothing.
 * Source: IAM User Guide, Policy evaluation logic, and AWS JSON policy elements: Principal.
 */
export function trusts(policy: string, { subject, action, context }: TrustQuestion): boolean {
  try {
    const request = { principal: namesOf(subject), action, resource: '*', context };
    return verdictOf(parsePolicy(policy, 'trust'), request) === 'allowed';
  } catch (error) {
    if (error instanceof PolicyFault) return false;
    throw error;
  }
}

/** An account, in either spelling, stands for everybody in it. */
function namesOf(subject: TrustQuestion['subject']): { type: 'AWS' | 'Service'; names: readonly string[] } {
  if ('service' in subject) return { type: 'Service', names: [subject.service] };
  const { account, arn, roleArn } = subject.principal;
  return { type: 'AWS', names: [arn, roleArn, account, `arn:aws:iam::${account}:root`] };
}
