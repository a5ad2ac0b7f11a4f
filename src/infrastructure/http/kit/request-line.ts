/**
 * What the log says of a request. Of what was sent only ids are told, only those that have the form of one, and only of a
 * caller who was let in: what else a stranger sends stays out of the log.
 */
import type { LogFacts } from '../../../application/ports/log-fields.js';
import { admitted } from './caller.js';
import type { WireReply, WireRequest } from './wire.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const organizationId = /^[A-Za-z0-9-]{1,64}$/;

/** The facts of one request: the route as it is declared, how it was answered, about whom it was and who made it. */
export function requestLine(request: WireRequest, route: string, reply: WireReply): LogFacts {
  const { method, id: traceId } = request;
  const facts = { traceId, method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
  const caller = admitted(request);
  if (!caller) return facts;
  const { id, organization } = (request.params ?? {}) as Readonly<Record<string, string | undefined>>;
  return {
    ...facts,
    provider: route.includes('/providers/:id') ? formed(uuid, id) : undefined,
    organization: formed(organizationId, organization) ?? caller.organization,
    actor: caller.subject,
    onBehalfOf: caller.onBehalfOf,
  };
}

const formed = (form: RegExp, id: string | undefined): string | undefined =>
  id !== undefined && form.test(id) ? id : undefined;
