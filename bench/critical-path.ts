/** The least time that the calls of one provisioning could take: AWS's own latencies, and calls that must wait for one another. */
import type { RecordedCall } from '../src/simulator/engine/calls.js';
import { type History, recordedAt, stated, type Vended } from './vending.js';

/**
 * Milliseconds from accepted terms to credentials if nobody ever waited in vain. An account is created and then gets
 * ready; linking it to its payer goes on meanwhile and costs nothing. Between the facts below, whatever concerns
 * different objects of AWS could happen side by side, so only the calls about one object add up: a lower bound, since
 * some objects need others.
 */
export function criticalPathMs({ history, calls }: Vended): number {
  const accepted = at(history, 'TermsAccepted');
  const creation = calls.find(({ operation }) => operation === 'CreateAccount');
  if (!creation) throw new Error('No account was asked for.');
  const asked = Date.parse(creation.at);
  const ready = asked + stated.createAccountMs + stated.servicesReadyMs;
  const ownRole = at(history, 'BaselineStepApplied');
  const edges = [
    ready,
    at(history, 'AccountReady'),
    ownRole,
    at(history, 'BaselineApplied'),
    at(history, 'CredentialsIssued'),
  ];
  const depths = [
    deepest(between(calls, accepted, asked)),
    ...edges.slice(1).map((to, i) => deepest(between(calls, edges[i] ?? 0, to))),
  ];
  const inOrder = depths.reduce((sum, depth) => sum + depth, 0);
  return inOrder * stated.callMs + stated.createAccountMs + stated.servicesReadyMs;
}

/** When the first fact of a type was recorded. */
export function at(history: History, type: string): number {
  const found = history.find(({ event }) => event.type === type);
  if (!found) throw new Error(`${type} was never recorded.`);
  return recordedAt(found);
}

const between = (calls: readonly RecordedCall[], from: number, to: number): readonly RecordedCall[] =>
  calls.filter((call) => Date.parse(call.at) >= from && Date.parse(call.at) < to);

/** The most calls about one object, after the session of a role where one was begun. */
function deepest(calls: readonly RecordedCall[]): number {
  const counts = new Map<string, number>();
  for (const call of calls) counts.set(objectOf(call), (counts.get(objectOf(call)) ?? 0) + 1);
  const session = calls.some(beginsSession) ? 1 : 0;
  return session + Math.max(0, ...counts.values());
}

const beginsSession = ({ operation }: RecordedCall): boolean => operation === 'AssumeRole';

/** Sessions count on their own; reads of a whole account have no name in them and are about the account. */
function objectOf(call: RecordedCall): string {
  if (beginsSession(call)) return 'session';
  const named = Object.values(call.input).find((value) => typeof value === 'string');
  return `${call.service} ${call.region} ${named ?? call.operation}`;
}
