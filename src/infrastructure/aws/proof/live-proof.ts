/** Has AWS itself prove the hardening before an account is handed over. */

import { operatorInformed } from '../../../application/error-text.js';
import type { Attempt } from '../../../application/ports/attempts.js';
import type { AccountWork, Ensure, ProofWork, StepResult } from '../../../application/ports/ensures.js';
import { proofRows } from '../../../domain/baseline/live-proof.js';
import type { LiveProofRecorded } from '../../../domain/provider/baseline-events.js';
import type { ProvisioningHalted } from '../../../domain/provider/events.js';
import { byProvider } from '../calls/by-provider.js';
import type { AwsAccess, AwsSettings } from '../calls/clients.js';
import { delayed, fact, haltOf, later, triesUntilTold, waitMs } from '../calls/step-results.js';
import { callOf } from '../calls/watched-calls.js';
import { askAws, type Decided, isRight } from './ask-aws.js';

export interface ProofParts {
  readonly access: Pick<AwsAccess, 'account'>;
  readonly settings: AwsSettings;
}

/** How long AWS may take to see everywhere what was applied. Source: aws-facts §3.3. */
const settlingMs = 2 * 60_000;
/** How long it is tried to ask AWS at all. */
const askingMs = 5 * 60_000;
const lookAgainMs = 10_000;

/**
 * Records what AWS decided. A row that is wrong is asked again for two minutes; then what must be denied halts (or is told,
 * by configuration), what must be allowed is told, and both are counted at the payer. That AWS cannot be asked delays by five
 * minutes and never halts. Safe to repeat: it only reads.
 */
export function liveProof({ access, settings }: ProofParts): Ensure<ProofWork> {
  const troubles = byProvider<{ readonly since: number }>();
  const sinceOf = ({ providerId }: AccountWork, now: number): number => {
    const trouble = troubles.get(providerId) ?? { since: now };
    troubles.set(providerId, trouble);
    return trouble.since;
  };
  return async (work, attempt) => {
    const { prefix, resellerName, automationRoleArn, baseline } = settings;
    const { accountId, accessBaseline } = work;
    const rows = proofRows({ prefix, resellerName, automationRoleArn, ...baseline, accountId }, accessBaseline);
    const { iam } = access.account(work, 'automation');
    let decided: readonly Decided[];
    try {
      decided = await askAws(iam, rows, attempt.signal);
    } catch (error) {
      if (attempt.signal.aborted) throw error;
      return unasked(error, sinceOf(work, attempt.now), attempt);
    }
    const wrong = decided.filter((each) => !isRight(each));
    if (wrong.length > 0 && attempt.now - sinceOf(work, attempt.now) < settlingMs) return settling(attempt);
    troubles.delete(work.providerId);
    const proof = recorded(decided, wrong);
    if (wrong.length === 0) return fact(proof);
    const event = settings.liveProof === 'required' && wrong.some(mustBeDenied) ? halted(wrong) : proof;
    const rowsWrong = wrong.map(({ row: { name } }) => name);
    const provedAt = new Date(attempt.now).toISOString();
    return { kind: 'proof-wrong', payerId: work.payerId, rows: rowsWrong, provedAt, event };
  };
}

const mustBeDenied = ({ row: { expected } }: Decided): boolean => expected === 'denied';

const recorded = (decided: readonly Decided[], wrong: readonly Decided[]): LiveProofRecorded => ({
  type: 'LiveProofRecorded',
  rows: decided.map(({ row: { name } }) => name),
  wrong: wrong.map(({ row: { name, expected }, decision }) => ({ row: name, expected, decision })),
});

const settling = ({ tries }: Attempt): StepResult =>
  tries < triesUntilTold
    ? later(waitMs(tries))
    : delayed(
        'live-proof-settling',
        'AWS does not see everywhere yet what was applied. It is asked again.',
        lookAgainMs,
      );

function unasked(error: unknown, since: number, { now, tries }: Attempt): StepResult {
  const call = callOf(error);
  if (now - since >= askingMs) return fact({ type: 'LiveProofRecorded', rows: [], wrong: [] });
  const wait = Math.min(waitMs(tries), since + askingMs - now);
  if (tries < triesUntilTold) return later(wait, call);
  return delayed('live-proof-unasked', 'AWS cannot be asked at the moment whether the hardening binds.', wait, call);
}

function halted(wrong: readonly Decided[]): ProvisioningHalted {
  const names = wrong.filter(mustBeDenied).map(({ row: { name } }) => name);
  const words = `AWS allows in the account what must be denied there: ${names.join(', ')}. ${operatorInformed}`;
  return haltOf('LiveProof', 'live-proof-failed', words);
}
