/** Whether a request is allowed by all policies together, in the order in which AWS looks at them, and which one decided. */
import type { Statement } from './elements.js';
import { type AccessRequest, applies, type ReadyRequest, ready } from './evaluation.js';
import { type PrincipalMatch, principalMatch, type RequestPrincipal } from './principals.js';

export interface AccessQuestion extends AccessRequest {
  readonly principal: RequestPrincipal;
  /** Whose the resource is. */
  readonly resourceAccount: string;
}

/** The statements of one policy, under the name by which answers refer to it. */
export interface NamedPolicy {
  readonly id: string;
  readonly statements: readonly Statement[];
}

export interface PoliciesInForce {
  /** Of the user or role, and of the user's groups. */
  readonly identity: readonly NamedPolicy[];
  /** `undefined` when the user or role has none. */
  readonly boundary?: readonly NamedPolicy[] | undefined;
  /** `undefined` when the session was not narrowed. */
  readonly session?: readonly NamedPolicy[] | undefined;
  /** Of the resource; a role's trust policy must allow, whatever the caller's own policies say. */
  readonly resource?: (NamedPolicy & { readonly kind: 'bucket' | 'trust' }) | undefined;
  /** Level by level from the root to the account; every level must allow. None where no such policy binds. */
  readonly serviceControl: readonly (readonly NamedPolicy[])[];
  readonly resourceControl: readonly (readonly NamedPolicy[])[];
}

/** The kinds of policies, in the order in which AWS names the one that refused. */
const layers = ['resourceControl', 'serviceControl', 'resource', 'identity', 'boundary', 'session'] as const;
export type Layer = (typeof layers)[number];

export interface MatchedStatement {
  readonly layer: Layer;
  readonly policy: string;
  readonly statement: Statement;
}

export interface Decision {
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** Where it was refused; absent when it was allowed. */
  readonly refusedBy?: Layer;
  readonly matched: readonly MatchedStatement[];
}

interface Opinions {
  readonly matched: readonly MatchedStatement[];
  readonly allows: Readonly<Record<Exclude<Layer, 'resource'>, boolean>>;
  readonly resource: PrincipalMatch;
}

/**
 * The decision about a request. A denial in any policy wins; then each level of the organization must allow; then, in
 * one account, the resource's or the principal's policies, and between accounts both.
 * Source: IAM User Guide, Policy evaluation logic; How AWS enforcement code logic evaluates requests.
 */
export function decide(question: AccessQuestion, policies: PoliciesInForce): Decision {
  const opinions = opinionsOf(question, policies);
  const { matched } = opinions;
  const denied = layers.find((layer) =>
    matched.some((each) => each.layer === layer && each.statement.Effect === 'Deny'),
  );
  if (denied) return { decision: 'explicitDeny', refusedBy: denied, matched };
  const silent = silentLayer(question.principal, isOwn(question), policies, opinions);
  return silent ? { decision: 'implicitDeny', refusedBy: silent, matched } : { decision: 'allowed', matched };
}

const isOwn = ({ principal, resourceAccount }: AccessQuestion): boolean =>
  principal.type !== 'service' && principal.account === resourceAccount;

/** The first kind of policies that had to allow and did not. */
function silentLayer(
  principal: RequestPrincipal,
  own: boolean,
  policies: PoliciesInForce,
  { allows, resource }: Opinions,
): Layer | undefined {
  if (!allows.resourceControl) return 'resourceControl';
  if (principal.type === 'service') return resource === 'none' ? 'resource' : undefined;
  if (!allows.serviceControl) return 'serviceControl';
  const mustAllow = !own || policies.resource?.kind === 'trust';
  if (mustAllow && resource === 'none') return 'resource';
  // A grant to the very user or session needs nothing else in its account; one to a role is limited as the role is.
  if (own && resource === 'self') return undefined;
  const limits = (['boundary', 'session'] as const).find((layer) => !allows[layer]);
  if (own && resource === 'role') return limits;
  return allows.identity ? limits : 'identity';
}

function opinionsOf(question: AccessQuestion, policies: PoliciesInForce): Opinions {
  const request = ready(question);
  const { principal } = question;
  const { identity, boundary, session, resource } = policies;
  const ofIdentity = matchedIn('identity', identity, request);
  const ofBoundary = matchedIn('boundary', boundary ?? [], request);
  const ofSession = matchedIn('session', session ?? [], request);
  const ofResource = resource ? matchedIn('resource', [resource], request, principal) : [];
  const [control, resourceControl] = [
    policies.serviceControl.map((level) => matchedIn('serviceControl', level, request)),
    policies.resourceControl.map((level) => matchedIn('resourceControl', level, request)),
  ];
  return {
    matched: [...ofIdentity, ...ofBoundary, ...ofSession, ...ofResource, ...control.flat(), ...resourceControl.flat()],
    allows: {
      // The root user needs no policy in its own account.
      identity: principal.type === 'root' || hasAllow(ofIdentity),
      boundary: boundary === undefined || hasAllow(ofBoundary),
      session: session === undefined || hasAllow(ofSession),
      serviceControl: control.every(hasAllow),
      resourceControl: resourceControl.every(hasAllow),
    },
    resource: closest(ofResource, principal),
  };
}

const hasAllow = (matched: readonly MatchedStatement[]): boolean =>
  matched.some(({ statement }) => statement.Effect === 'Allow');

/** The statements that apply; those of a resource's policy must mean the principal too. */
function matchedIn(
  layer: Layer,
  policies: readonly NamedPolicy[],
  request: ReadyRequest,
  principal?: RequestPrincipal,
): readonly MatchedStatement[] {
  return policies.flatMap(({ id, statements }) =>
    statements
      .filter((statement) => !principal || principalMatch(statement, principal) !== 'none')
      .filter((statement) => applies(statement, request))
      .map((statement) => ({ layer, policy: id, statement })),
  );
}

/** How closely the allowing statements of the resource's policy mean the principal. */
function closest(matched: readonly MatchedStatement[], principal: RequestPrincipal): PrincipalMatch {
  const granted = matched
    .filter(({ statement }) => statement.Effect === 'Allow')
    .map(({ statement }) => principalMatch(statement, principal));
  return (['self', 'role', 'account'] as const).find((match) => granted.includes(match)) ?? 'none';
}
