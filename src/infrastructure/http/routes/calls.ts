/** Who may make which call: the one table of roles. A call that is not in it cannot be declared. */
import { SetMetadata } from '@nestjs/common';
import type { Caller, Role } from '../../../application/authorization/identity.js';
import { Problem } from '../kit/problems.js';

const readers: readonly Role[] = ['administrator', 'member', 'auditor', 'operator'];

export const allowedRoles = {
  reportOrganization: ['service'],
  readCatalogue: [...readers, 'service'],
  readOptions: readers,
  requestProvider: ['administrator'],
  readProviders: readers,
  readHistory: readers,
  acceptTerms: ['administrator'],
  withdraw: ['administrator'],
  rename: ['administrator'],
  resume: ['administrator', 'operator'],
  revealCredentials: ['administrator'],
  reissueCredentials: ['administrator'],
  openConsole: ['administrator', 'member'],
  readOperations: ['operator', 'auditor'],
  pauseVending: ['operator'],
  resumeVending: ['operator'],
  readQuarantine: ['operator', 'auditor'],
  decideQuarantine: ['operator'],
  readReconciliation: ['operator', 'auditor'],
  reconcile: ['operator'],
} as const satisfies Record<string, readonly Role[]>;

export type Call = keyof typeof allowedRoles;

/** The metadata key under which a route keeps its call; `open` needs no token. */
export const CALL = 'partner-cloud:call';

/** Declares which call a route is, and thereby who may make it. */
export const Allow = (call: Call) => SetMetadata(CALL, call);

/** Declares that a route needs no token. */
export const Open = () => SetMetadata(CALL, 'open');

/**
 * The caller in only those roles that may make this call. An auditor who is also an administrator of one organization
 * must not command the providers of others, which an auditor may read.
 * Throws the problem `forbidden` when no role is left.
 */
export function inRolesFor(call: Call, caller: Caller): Caller {
  const allowed: readonly Role[] = allowedRoles[call];
  const roles = caller.roles.filter((role) => allowed.includes(role));
  if (roles.length > 0) return { ...caller, roles };
  const has =
    caller.roles.length > 0 ? `your roles are ${caller.roles.join(', ')}` : 'your token has no role known here';
  throw new Problem('forbidden', `This call is for: ${allowed.join(', ')}; ${has}.`, [
    { field: 'Authorization', problem: has, allowed: allowed.join(', ') },
  ]);
}
