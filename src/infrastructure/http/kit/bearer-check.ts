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
import type { FairScheduler } from './fair-scheduler.js';
import { isGone } from './gone.js';
import type { InFlight } from './in-flight.js';
import { Problem } from './problems.js';
import { strangersAt, tenantOf } from './tenant.js';
import type { WireReply, WireRequest } from './wire.js';

export interface Admission {
  readonly tokens: TokenVerifier;
  readonly counted: CountCall;
  readonly scheduler: FairScheduler;
  readonly inFlight: InFlight;
}

/** The hook of a route for an action, which with `dryRun=true` may be another one; it throws a problem, or a refusal to a caller who may not do it. */
export const bearerCheck =
  (usual: Action, admission: Admission, dryRun: Action = usual) =>
  async (request: WireRequest, reply: WireReply): Promise<void> => {
    const { counted, scheduler, inFlight } = admission;
    const action = (request.query as { readonly dryRun?: unknown }).dryRun === 'true' ? dryRun : usual;
    const isLeft: IsGone = () => isGone(reply.raw);
    const bearer = knownBearer(admission, request) ?? (await unverifiedBearer(admission, request, isLeft));
    if (!bearer) return stop(reply);
    // Also what is about to be refused waits its turn: nothing that one tenant sends is served before what others have sent.
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const turn = scheduler.turn(tenantOf(bearer), reads ? 'read' : 'change', isLeft);
    if (turn) await turn;
    const left = counted(bearer, reads);
    for (const name in left) reply.header(name, left[name] ?? '');
    actAs(request, authorize(action, actingFor(bearer, request)));
    if (!inFlight.enter(bearer, reply.raw)) stop(reply);
  };

/** Nobody is there for an answer, and Fastify would not notice: it runs the route and does the work of it. */
const stop = (reply: WireReply): void => void reply.hijack();

type IsGone = () => boolean;

const bearerToken = /^Bearer +([\w.~+/-]+=*)$/i;

/** Who was seen a moment ago, without waiting for anything. */
function knownBearer({ tokens }: Admission, { headers }: WireRequest): Caller | undefined {
  const sent = bearerToken.exec(headers.authorization ?? '')?.[1];
  return sent === undefined ? undefined : tokens.known(sent);
}

/**
 * Checking a token costs most of all that a stranger can ask for, so that strangers wait for each other, by address. Who was
 * known before waits with their tenant, and never behind strangers. `undefined` where the connection is gone meanwhile.
 */
async function unverifiedBearer(
  { tokens, scheduler }: Admission,
  { headers, raw }: WireRequest,
  isLeft: IsGone,
): Promise<Caller | undefined> {
  const sent = bearerToken.exec(headers.authorization ?? '')?.[1];
  const before = sent === undefined ? undefined : tokens.lastKnown(sent);
  const [tenant, what] = before
    ? [tenantOf(before), 'read' as const]
    : [strangersAt(raw.socket.remoteAddress), 'stranger' as const];
  await scheduler.turn(tenant, what, isLeft);
  return isLeft() ? undefined : verified(tokens, bearerOf(headers.authorization));
}

function bearerOf(authorization: string | undefined): string {
  if (authorization === undefined)
    throw unauthenticated('The Authorization header is missing.', 'Bearer realm="partner-cloud"');
  const sent = bearerToken.exec(authorization)?.[1];
  if (sent !== undefined) return sent;
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
