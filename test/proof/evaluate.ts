/** Evaluates a request as AWS would, the policies of the principal and the guardrails above the account each for itself. */
import { runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import type { PolicyDocument, Statement } from '../../src/domain/baseline/policy-document.js';
import { accountId } from './account.js';

/** A policy under the name by which a mutation finds it. */
export interface Named {
  readonly name: string;
  readonly document: PolicyDocument;
}

export interface Principal {
  /** ARN of the user or role, or of root. */
  readonly arn: string;
  readonly identity: readonly Named[];
}

export type Context = Readonly<Record<string, string | null>>;

export interface Asked {
  readonly action: string;
  readonly resource: string;
  /** Condition keys beside those that say who asks; `null`: the request has no such key. */
  readonly context?: Context;
}

/** `silent`: nothing allows it and nothing denies it. */
export type Verdict = 'allows' | 'denies' | 'silent';

const everything: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'All', Effect: 'Allow', Action: '*', Resource: '*' }],
};
const fullAccess = { name: 'FullAWSAccess', policy: everything };

/** What the principal's own policies say: one that denies decides, then one that allows. */
export const byPolicies = ({ arn, identity }: Principal, asked: Asked): Verdict =>
  together(identity.map((policy) => remembered(policy, 'identity', arn, asked, () => [[policy], []])));

/** What the guardrails say to whoever may do everything by its own policies. */
export const byGuardrails = ({ arn }: Principal, asked: Asked, guardrails: readonly Named[]): Verdict =>
  together([
    'allows',
    ...guardrails.map((policy) => remembered(policy, 'guardrail', arn, asked, () => [[unbounded], [policy]])),
  ]);

/** Whether AWS would do it: both layers allow it. */
export const isAllowed = (principal: Principal, asked: Asked, guardrails: readonly Named[]): boolean =>
  byPolicies(principal, asked) === 'allows' && byGuardrails(principal, asked, guardrails) === 'allows';

/** The same by one simulation of all policies together. */
export const isAllowedTogether = ({ arn, identity }: Principal, asked: Asked, guardrails: readonly Named[]): boolean =>
  simulated(arn, asked, identity, guardrails) === 'allows';

const unbounded = { name: 'All', document: everything };

const together = (verdicts: readonly Verdict[]): Verdict =>
  (['denies', 'allows'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'silent';

/** Verdicts of single documents: AWS's own have thousands of actions, and a mutation leaves all documents but one as they are. */
const known = new WeakMap<PolicyDocument, Map<string, Verdict>>();

function remembered(
  { document }: Named,
  layer: 'identity' | 'guardrail',
  arn: string,
  asked: Asked,
  policies: () => readonly [identity: readonly Named[], guardrails: readonly Named[]],
): Verdict {
  const verdicts = known.get(document) ?? new Map<string, Verdict>();
  known.set(document, verdicts);
  const key = JSON.stringify([layer, arn, asked.action, asked.resource, asked.context]);
  const verdict = verdicts.get(key) ?? simulated(arn, asked, ...policies());
  verdicts.set(key, verdict);
  return verdict;
}

function simulated(arn: string, asked: Asked, identity: readonly Named[], guardrails: readonly Named[]): Verdict {
  const answer = runUnsafeSimulation(simulationOf(arn, asked, identity, guardrails), {});
  if (answer === 'Allowed') return 'allows';
  return answer === 'ExplicitlyDenied' ? 'denies' : 'silent';
}

/** The request as the simulation takes it, with the root, the customers' unit and the account above it. */
export function simulationOf(
  arn: string,
  { action, resource, context = {} }: Asked,
  identity: readonly Named[],
  guardrails: readonly Named[],
): Simulation {
  const own = guardrails.map(({ name, document }) => ({ name, policy: document }));
  return {
    request: {
      principal: sessionOf(arn),
      action,
      resource: { resource, accountId },
      contextVariables: inRequest({ ...whoAsks(arn), ...context }),
    },
    identityPolicies: identity.map(({ name, document }) => ({ name, policy: document })),
    serviceControlPolicies: [
      { orgIdentifier: 'root', policies: [fullAccess] },
      { orgIdentifier: 'customers', policies: [fullAccess, ...own] },
      { orgIdentifier: 'account', policies: [fullAccess] },
    ],
    resourceControlPolicies: [],
  };
}

const sessionOf = (arn: string): string => {
  const role = /:role\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  return role ? `arn:aws:sts::${accountId}:assumed-role/${role}/session` : arn;
};

const inRequest = (context: Context): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(context).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));

/**
 * Only users have a name, and a user is taken to have signed in with a device unless a row says otherwise; a role is
 * assumed by the reseller's federation, without one. Source: IAM User Guide, global condition keys.
 */
function whoAsks(arn: string): Readonly<Record<string, string>> {
  const user = /:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  const base = { 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': accountId };
  const mfa = { 'aws:MultiFactorAuthPresent': String(user !== undefined) };
  return user ? { ...base, ...mfa, 'aws:username': user } : { ...base, ...mfa };
}

/** Policies with one statement replaced, or taken away where there is none in its place. */
export const changed = (
  policies: readonly Named[],
  name: string,
  index: number,
  into: readonly Statement[],
): readonly Named[] =>
  policies.map((policy) =>
    policy.name === name
      ? {
          name,
          document: {
            ...policy.document,
            Statement: policy.document.Statement.flatMap((statement, at) => (at === index ? into : [statement])),
          },
        }
      : policy,
  );
