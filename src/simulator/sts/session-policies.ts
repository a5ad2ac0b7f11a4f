/** Session policies: what the caller of AssumeRole narrows the new session to. */

import { AwsError, type Call } from '../engine/core.js';
import { PolicyFault } from '../policies/elements.js';
import { parsePolicy } from '../policies/grammar.js';
import { optionalText, structures, text, validationError } from './input.js';
import type { SessionPolicies } from './sessions.js';

/** Source: STS API, AssumeRole, Policy and PolicyArns. */
const limits = { characters: 2048, arns: 10 };

/** @throws ValidationError, MalformedPolicyDocument */
export function sessionPolicies(call: Call): SessionPolicies | undefined {
  const policy = optionalText(call, 'Policy', { min: 1, max: limits.characters });
  const arns = structures(call, 'PolicyArns').map((each) => text(each, 'arn', { min: 20, max: 2048 }));
  if (arns.length > limits.arns) {
    throw validationError(`PolicyArns: ${arns.length} policies, at most ${limits.arns} are allowed.`);
  }
  if (policy === undefined && arns.length === 0) return undefined;
  return { texts: policy === undefined ? [] : [checked(policy)], arns };
}

function checked(policy: string): string {
  try {
    parsePolicy(policy, 'identity');
    return policy;
  } catch (error) {
    if (error instanceof PolicyFault) throw new AwsError('MalformedPolicyDocument', 400, error.message);
    throw error;
  }
}
