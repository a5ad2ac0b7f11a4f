/** The elements of a policy's statement: each is checked and brought into one form, or refused in a sentence. */
import type { Conditions } from './conditions.js';
import { isOperator } from './operators.js';

/** What a policy is for: an identity, a role as its trust, a bucket, or the accounts of an organization. */
export type PolicyUse = 'identity' | 'trust' | 'bucket' | 'service-control' | 'resource-control';

/** One statement with every list spelled out. `undefined` members are absent. */
export interface Statement {
  readonly Sid?: string | undefined;
  readonly Effect: 'Allow' | 'Deny';
  /** Principal type (`AWS`, `Service`, `Federated`, `CanonicalUser`) to names; `{ AWS: ['*'] }` for `*`. */
  readonly Principal?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly NotPrincipal?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly Action?: readonly string[] | undefined;
  readonly NotAction?: readonly string[] | undefined;
  readonly Resource?: readonly string[] | undefined;
  readonly NotResource?: readonly string[] | undefined;
  readonly Condition: Conditions;
  /** Whether `${…}` is a variable: only in policies of version 2012-10-17. */
  readonly usesVariables: boolean;
}

/** What is wrong with a policy's text, in AWS's words where they are known. */
export class PolicyFault extends Error {}

const principalTypes = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

export function sidOf(value: unknown, use: PolicyUse): string | undefined {
  if (value === undefined) return undefined;
  // Only policies of identities hold Sids to letters and digits; those of resources may have spaces too.
  const good = use === 'identity' ? /^[A-Za-z0-9]*$/ : /^[\w .-]*$/;
  if (typeof value !== 'string' || !good.test(value)) {
    throw new PolicyFault(
      `Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*`,
    );
  }
  return value;
}

export function principalOf(value: unknown): Statement['Principal'] {
  if (value === undefined) return undefined;
  if (value === '*') return { AWS: ['*'] };
  const entries = Object.entries(record(value, 'Invalid principal in policy'));
  const strange = entries.find(([type]) => !principalTypes.includes(type));
  if (strange || entries.length === 0) throw new PolicyFault('Invalid principal in policy');
  return Object.fromEntries(entries.map(([type, names]) => [type, texts(names, 'Invalid principal in policy')]));
}

export function actionsOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const actions = texts(value, 'Policy statement must contain actions.');
  if (actions.length === 0) throw new PolicyFault('Policy statement must contain actions.');
  if (actions.some((action) => action !== '*' && !/^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action))) {
    throw new PolicyFault('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  }
  return actions;
}

export function resourcesOf(value: unknown, use: PolicyUse): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const resources = texts(value, 'Policy statement must contain resources.');
  if (resources.length === 0) throw new PolicyFault('Policy statement must contain resources.');
  const strange = resources.find((resource) => resource !== '*' && !resource.startsWith('arn:'));
  if (strange === undefined) return resources;
  throw new PolicyFault(
    use === 'bucket' ? 'Policy has invalid resource' : `Resource ${strange} must be in ARN format or "*".`,
  );
}

export function conditionOf(value: unknown): Statement['Condition'] {
  if (value === undefined) return {};
  const operators = Object.entries(record(value, 'Syntax error in Condition.'));
  const strange = operators.find(([operator]) => !isOperator(operator));
  if (strange) throw new PolicyFault(`Invalid Condition type : ${strange[0]}`);
  return Object.fromEntries(
    operators.map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(record(keys, 'Syntax error in Condition.')).map(([key, values]) => [
          key,
          texts(values, 'Syntax error in Condition.'),
        ]),
      ),
    ]),
  );
}

/** A value or a list of values as texts; numbers and booleans count as their text, as AWS reads them. */
function texts(value: unknown, fault: string): readonly string[] {
  return listOf(value).map((entry) => {
    if (typeof entry === 'string') return entry;
    if (typeof entry === 'number' || typeof entry === 'boolean') return String(entry);
    throw new PolicyFault(fault);
  });
}

export const listOf = (value: unknown): readonly unknown[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
};

export function record(value: unknown, fault: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new PolicyFault(fault);
  return { ...value };
}
