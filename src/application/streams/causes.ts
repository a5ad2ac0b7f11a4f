/** Where commands come from: ids that make a repeat recognisable, and digests that make a changed repeat noticed. */
import { v4, v5 } from 'uuid';
import { Refusal } from '../../domain/refusal.js';
import { type Action, isForPerson, reachOf } from '../authorization/actions.js';
import { type AuthorizedCaller, authorize } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import type { Cause } from '../ports/event-store.js';
import { digestOf } from './command-digest.js';
import type { StreamState } from './stream-state.js';

const namespace = '6a3d3f0e-54f5-4a3c-9d6b-0b8a3c3a52a1';

/** A UUID that is the same for the same words. */
export const idOf = (...words: readonly string[]): string => v5(words.join('\n'), namespace);

/** Who sends a command, and with which Idempotency-Key (none: each sending is a command of its own). */
export interface Sender {
  readonly caller: Caller;
  readonly key: string | undefined;
  /** The trace that the caller works on (W3C Trace Context), which what is recorded is correlated with. */
  readonly traceId?: string | undefined;
}

/** A sender who may do what is asked; only of one can a {@link causeOf} be made, and without a cause nothing is recorded. */
export interface AuthorizedSender extends Sender {
  readonly caller: AuthorizedCaller;
}

/**
 * The sender in the roles that allow this action. Throws a `forbidden` refusal when there is none, and an `invalid` one to
 * a service that does not say for whom it acts.
 */
export function authorizedSender<S extends Sender>(action: Action, by: S): S & AuthorizedSender {
  const caller = authorize(action, inOwnRoles(action, by.caller));
  const isService = caller.roles.every((role) => role === 'service');
  if (isService && isForPerson(action) && caller.onBehalfOf === undefined) throw nobodyNamed;
  return { ...by, caller };
}

/** Who is a service and something else too, and names nobody, acts in the other roles alone and reaches only what they reach. */
function inOwnRoles(action: Action, caller: Caller): Caller {
  const others = caller.roles.filter((role) => role !== 'service' && reachOf(action, role) !== undefined);
  const isAlone = caller.onBehalfOf === undefined && isForPerson(action) && others.length > 0;
  return isAlone ? { ...caller, roles: others } : caller;
}

const nobodyNamed = new Refusal('invalid', 'X-Actor is missing: a service names the person for whom it does this.', [
  { field: 'X-Actor', problem: 'is missing', allowed: 'the opaque id of the person for whom the service acts' },
]);

/** Who does something, as the metadata of what comes of it says. */
export const doerOf = ({
  actor,
  roles,
  onBehalfOf,
}: AuthorizedCaller): Pick<Cause, 'actor' | 'role' | 'onBehalfOf'> => ({
  actor,
  role: roles[0] ?? 'none',
  ...(onBehalfOf !== undefined && { onBehalfOf }),
});

/** The cause of what a person or service asked for: `asked` is the command with its body, `about` what it concerns. */
export function causeOf({ caller, key, traceId }: AuthorizedSender, about: string, asked: unknown): Cause {
  return {
    commandId: key === undefined ? v4() : idOf(caller.actor, key),
    commandDigest: digestOf(asked),
    asked,
    correlationId: traceId ?? about,
    ...doerOf(caller),
  };
}

/** The cause of what the saga found: named by step, fact and the revision it saw, so that two workers agree on it. */
export const sagaCause =
  (providerId: string, step: string, fact: string) =>
  ({ revision }: StreamState<unknown>): Cause => ({
    commandId: idOf('saga', providerId, step, fact, String(revision)),
    commandDigest: digestOf([step, fact]),
    asked: [step, fact],
    correlationId: providerId,
    actor: 'partner-cloud#saga',
    role: 'saga',
  });
