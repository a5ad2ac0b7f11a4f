/**
 * Lets a request in when its bearer token is good and one of the caller's roles may do what the route is for. This comes
 * first of all, before the body is read: who may not send one costs us no parsing.
 */
import type { Action } from '../../../application/authorization/actions.js';
import { authorize } from '../../../application/authorization/authorization.js';
import { type Caller, InvalidToken, type TokenVerifier } from '../../../application/authorization/identity.js';
import { actingFor } from './acting-person.js';
import type { CountCall } from './call-limits.js';
import { actAs } from './caller.js';
import { Problem } from './problems.js';
import type { WireReply, WireRequest } from './wire.js';

export interface Admission {
  readonly tokens: TokenVerifier;
  readonly counted: CountCall;
}

/** The hook of a route for an action; it throws a problem, or a refusal to a caller who may not do it. */
export const bearerCheck =
  (action: Action, { tokens, counted }: Admission) =>
  async (request: WireRequest, reply: WireReply): Promise<void> => {
    const bearer = await verified(tokens, bearerOf(request.headers.authorization));
    const caller = authorize(action, actingFor(bearer, request));
    const left = counted(caller, request.method === 'GET' || request.method === 'HEAD');
    for (const name in left) reply.header(name, left[name] ?? '');
    actAs(request, caller);
  };

function bearerOf(authorization: string | undefined): string {
  if (authorization === undefined)
    throw unauthenticated('The Authorization header is missing.', 'Bearer realm="partner-cloud"');
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
  if (token !== undefined) return token;
  throw unauthenticated('The Authorization header holds no bearer token.', refused('invalid_request'));
}

async function verified(tokens: TokenVerifier, token: string): Promise<Caller> {
  try {
    return await tokens.verify(token);
  } catch (error) {
    if (error instanceof InvalidToken) throw unauthenticated(error.message, refused('invalid_token'));
    throw error;
  }
}

const refused = (error: string): string => `Bearer realm="partner-cloud", error="${error}"`;

function unauthenticated(words: string, challenge: string): Problem {
  const wrong = { field: 'Authorization', problem: words, allowed: 'Bearer, a space and a valid token' };
  return new Problem('unauthenticated', words, [wrong], {}, { 'www-authenticate': challenge });
}
