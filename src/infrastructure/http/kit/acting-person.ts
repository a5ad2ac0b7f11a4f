/** The person for whom a service acts: it names them in `X-Actor`, by an opaque id, and both are on record. */
import type { Caller } from '../../../application/authorization/identity.js';
import { inSentences, Problem } from './problems.js';
import type { WireRequest } from './wire.js';

/** The header, as Node names it. */
const header = 'x-actor';

/** Visible ASCII but `@`: an address of a person would be on record for ever. */
const opaqueId = /^[\x21-\x3f\x41-\x7e]{1,255}$/;

/** How such an id looks, in words. */
export const actorWords = 'an opaque id of 1 to 255 visible ASCII characters without @';

/**
 * The caller as a service that acts for whom the request names; as they are where it names nobody. Throws the problem
 * `invalid` for what is no opaque id, and to whoever is no service: nobody acts in the name of others by a header.
 */
export function actingFor(caller: Caller, { headers }: Pick<WireRequest, 'headers'>): Caller {
  const named = headers[header];
  if (named === undefined) return caller;
  if (!caller.roles.includes('service')) throw wrong('is for services; you act as yourself', 'no X-Actor');
  if (typeof named === 'string' && opaqueId.test(named)) return { ...caller, roles: ['service'], onBehalfOf: named };
  throw wrong(String(named).includes('@') ? 'is an e-mail address or holds an @' : 'is no opaque id', actorWords);
}

function wrong(problem: string, allowed: string): Problem {
  const field = { field: 'X-Actor', problem, allowed };
  return new Problem('invalid', inSentences([field]), [field]);
}
