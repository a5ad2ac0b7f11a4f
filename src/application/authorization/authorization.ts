/**
 * Lets a caller do an action, or refuses it, for every way in: a handler can neither read nor record anything for a caller
 * who has not come through {@link authorize}, because what reads and records takes only what it answers with.
 */
import { Refusal } from '../../domain/refusal.js';
import { type Action, needsMayAcceptTerms, type Reach, reachOf, rolesFor } from './actions.js';
import { type Caller, everyOrganization, type Role } from './identity.js';

/** Known to this file alone, so that nobody else can make an {@link AuthorizedCaller}. */
const authorized = Symbol('authorized');

/** A caller who may do one action, in only the roles that allow it. */
export interface AuthorizedCaller extends Caller {
  /** The widest reach of these roles. With `all` the payer and what stands in the way are shown, as only the reseller's people see them. */
  readonly reach: Reach;
  /** The organizations that these roles reach, where they do not reach all: the caller's own one, and those of a service. */
  readonly within: readonly string[];
  readonly [authorized]: true;
}

/**
 * The caller in only those roles that allow this action. An auditor who is also an administrator of one organization must
 * not command the providers of others, which an auditor may read.
 * Throws a `forbidden` refusal when no role is left.
 */
export function authorize(action: Action, caller: Caller): AuthorizedCaller {
  const before = known.get(caller) ?? new Map<Action, AuthorizedCaller>();
  const already = before.get(action);
  if (already) return already;
  const allowed = allowedTo(action, caller);
  known.set(caller, before.set(action, allowed));
  return allowed;
}

/** A caller is who a token stands for and never changes, and the same actions are asked for again and again. */
const known = new WeakMap<Caller, Map<Action, AuthorizedCaller>>();

function allowedTo(action: Action, caller: Caller): AuthorizedCaller {
  const roles = caller.roles.filter((role) => reachOf(action, role) !== undefined && isClaimed(action, role, caller));
  if (roles.length === 0) throw forbidden(action, caller);
  const reaches = roles.map((role) => reachOf(action, role));
  const within = [
    ...(reaches.includes('own') && caller.organization !== undefined ? [caller.organization] : []),
    ...(reaches.includes('listed') ? (caller.service?.organizations ?? []) : []),
  ];
  return { ...caller, roles, reach: widest(reaches), within, [authorized]: true };
}

const widest = (reaches: readonly (Reach | undefined)[]): Reach =>
  (['all', 'listed'] as const).find((reach) => reaches.includes(reach)) ?? 'own';

/** A service binds nobody by its role alone. */
const isClaimed = (action: Action, role: Role, { service }: Caller): boolean =>
  role !== 'service' || !needsMayAcceptTerms(action) || service?.mayAcceptTerms === true;

function forbidden(action: Action, { roles }: Caller): Refusal {
  const claim = needsMayAcceptTerms(action) ? ' with the claim may-accept-terms' : '';
  const allowed = rolesFor(action)
    .map((role) => (role === 'service' ? `${role}${claim}` : role))
    .join(', ');
  const has = roles.length > 0 ? `your roles are ${roles.join(', ')}` : 'your token has no role known here';
  return new Refusal('forbidden', `This call is for: ${allowed}; ${has}.`, [
    { field: 'Authorization', problem: has, allowed },
  ]);
}

/** Whether the caller reads as the reseller's own people do, across organizations and with the payer shown. */
export const seesAll = ({ reach }: AuthorizedCaller): boolean => reach === 'all';

/** Whether the caller may know of things of this organization. */
export const seesOrganization = (caller: AuthorizedCaller, organization: string): boolean =>
  seesAll(caller) || caller.within.includes(organization) || caller.within.includes(everyOrganization);

/** Throws a `not-found` refusal unless the caller may see this organization. */
export function requireOrganization(caller: AuthorizedCaller, organization: string): void {
  if (!seesOrganization(caller, organization)) throw new Refusal('not-found', 'There is no such organization.');
}
