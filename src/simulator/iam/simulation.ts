/** SimulatePrincipalPolicy: what the policies in force would decide about actions that nobody takes. */
import type { Call, Operations, Principal } from '../engine/core.js';
import { type RequestFacts } from '../policies/conditions.js';
import { type Decision, decide, type NamedPolicy, type PoliciesInForce } from '../policies/decision.js';
import { type GroupDocument, kinds, type RoleDocument, type UserDocument } from './documents.js';
import { invalidInput, noSuchEntity } from './errors.js';
import { policiesOfOwner, policiesOfPrincipal } from './identity-policies.js';
import { optionalText, simulatedFacts, text, texts } from './input.js';
import { levelsOver } from './organization-limits.js';
import { page } from './pages.js';
import { checkedPolicy } from './policy-checks.js';

/**
 * One result an action, with one for each resource inside. The facts about the principal itself are filled in unless
 * ContextEntries say otherwise. @throws NoSuchEntity, InvalidInput, MalformedPolicyDocument
 * Source: IAM API, SimulatePrincipalPolicy; service control policies count since July 2026.
 */
export const simulationOperations: Operations = {
  SimulatePrincipalPolicy(call) {
    const subject = subjectOf(call, text(call, 'PolicySourceArn', { min: 20, max: 2048 }));
    const resources = texts(call, 'ResourceArns');
    const actions = texts(call, 'ActionNames');
    const strange = actions.find((action) => !/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(action));
    if (strange !== undefined) throw invalidInput(`Invalid Entity ${strange} in ActionNames.`);
    const results = actions.map((action) => resultOf(subject, action, resources));
    return page(call, 'EvaluationResults', results);
  },
};

interface Subject {
  readonly principal: Principal;
  readonly policies: PoliciesInForce;
  readonly facts: RequestFacts;
  readonly inOrganization: boolean;
}

function subjectOf(call: Call, arn: string): Subject {
  const { documents, account, now } = call;
  const [, owner, type, path = ''] = /^arn:aws:iam::(\d{12}):(user|role|group)\/(.+)$/.exec(arn) ?? [];
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (owner !== account || type === undefined) throw invalidInput(`Invalid Entity Arn: ${arn}`);
  const principal = principalOf(call, type, name, arn);
  const group = type === 'group' && documents.get<GroupDocument>(kinds.group, account, name);
  const own = group
    ? { identity: policiesOfOwner(documents, account, group) }
    : policiesOfPrincipal(documents, principal);
  const serviceControl = levelsOver(documents, account, 'SERVICE_CONTROL_POLICY', now);
  const boundary = listed(call, 'PermissionsBoundaryPolicyInputList');
  const policies = {
    ...own,
    identity: [...own.identity, ...listed(call, 'PolicyInputList')],
    ...(boundary.length > 0 && { boundary }),
    ...resourceOf(call),
    serviceControl,
    resourceControl: [],
  };
  const facts = { ...factsOf(principal, type, name, now), ...simulatedFacts(call) };
  return { principal, policies, facts, inOrganization: serviceControl.length > 0 };
}

/** @throws NoSuchEntity */
function principalOf({ documents, account }: Call, type: string, name: string, arn: string): Principal {
  const kind = { user: kinds.user, role: kinds.role, group: kinds.group }[type] ?? kinds.group;
  const kept = documents.get<Partial<UserDocument & RoleDocument & GroupDocument>>(kind, account, name);
  if (kept?.arn !== arn) throw noSuchEntity(`The ${type} with name ${name} cannot be found.`);
  const uniqueId = kept.userId ?? kept.roleId ?? kept.groupId ?? '';
  const of = type === 'role' ? 'role-session' : 'user';
  return { type: of, account, arn, roleArn: arn, uniqueId, userId: uniqueId, chained: false };
}

const factsOf = ({ arn, account, uniqueId }: Principal, type: string, name: string, now: number): RequestFacts => ({
  ...(type === 'group' ? {} : { 'aws:PrincipalArn': arn, 'aws:userid': uniqueId }),
  ...(type === 'user' ? { 'aws:username': name } : {}),
  'aws:PrincipalAccount': account,
  'aws:CurrentTime': new Date(now).toISOString(),
});

const listed = (call: Call, member: string): readonly NamedPolicy[] =>
  texts(call, member).map((each, index) => ({
    id: `${member}.${index + 1}`,
    statements: checkedPolicy(each, 'identity'),
  }));

function resourceOf(call: Call): Pick<PoliciesInForce, 'resource'> {
  const policy = optionalText(call, 'ResourcePolicy');
  if (policy === undefined) return {};
  return { resource: { id: 'ResourcePolicy', kind: 'bucket', statements: checkedPolicy(policy, 'bucket') } };
}

/** The most restrictive decision over all resources is that of the action. */
const severity = ['explicitDeny', 'implicitDeny', 'allowed'] as const;

function resultOf(subject: Subject, action: string, resources: readonly string[]): Readonly<Record<string, unknown>> {
  const each = (resources.length === 0 ? ['*'] : resources).map((resource) => {
    const { principal, policies, facts } = subject;
    const question = { principal, action, resource, resourceAccount: principal.account, context: facts };
    return { resource, decision: decide(question, policies) };
  });
  const worst = severity.find((one) => each.some(({ decision }) => decision.decision === one)) ?? 'allowed';
  const [first] = each;
  const specific = each.map(({ resource, decision }) => ({
    EvalResourceName: resource,
    EvalResourceDecision: decision.decision,
    MatchedStatements: matchedOf(decision),
    MissingContextValues: missing(subject),
    ...boundaryDetail(subject, decision),
  }));
  const decisive = each.find(({ decision }) => decision.decision === worst) ?? first;
  return {
    EvalActionName: action,
    EvalResourceName: '*',
    EvalDecision: worst,
    MatchedStatements: decisive ? matchedOf(decisive.decision) : [],
    MissingContextValues: missing(subject),
    ...(subject.inOrganization && decisive
      ? { OrganizationsDecisionDetail: { AllowedByOrganizations: decisive.decision.refusedBy !== 'serviceControl' } }
      : {}),
    ...(decisive ? boundaryDetail(subject, decisive.decision) : {}),
    ...(resources.length > 0 && { ResourceSpecificResults: specific }),
  };
}

const boundaryDetail = ({ policies }: Subject, { refusedBy }: Decision) =>
  policies.boundary === undefined
    ? {}
    : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: refusedBy !== 'boundary' } };

/** Statements of service control policies are not shown. Source: IAM API, EvaluationResult. */
function matchedOf({ decision, matched }: Decision): readonly object[] {
  const effect = { allowed: 'Allow', explicitDeny: 'Deny', implicitDeny: undefined }[decision];
  return matched
    .filter(({ layer, statement }) => statement.Effect === effect && (layer === 'identity' || layer === 'resource'))
    .map(({ policy }) => ({ SourcePolicyId: policy, SourcePolicyType: typeOf(policy) }));
}

function typeOf(policy: string): string {
  if (policy.startsWith('arn:aws:iam::aws:')) return 'aws-managed';
  if (policy.startsWith('arn:')) return 'user-managed';
  return policy === 'ResourcePolicy' ? 'resource' : 'none';
}

/** Keys that conditions of the policies ask for and that nobody gave. */
function missing({ policies, facts }: Subject): readonly string[] {
  const given = new Set(Object.keys(facts).map((key) => key.toLowerCase()));
  const all = [...policies.identity, ...(policies.boundary ?? []), ...(policies.resource ? [policies.resource] : [])];
  const keys = all.flatMap(({ statements }) =>
    statements.flatMap(({ Condition }) => Object.values(Condition).flatMap((each) => Object.keys(each))),
  );
  return [...new Set(keys)].filter((key) => !given.has(key.toLowerCase())).sort();
}
