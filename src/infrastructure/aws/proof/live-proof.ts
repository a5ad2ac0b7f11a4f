/** Has AWS itself prove the hardening before an account is handed over. */

import { LRUCache } from 'lru-cache';
import { operatorInformed } from '../../../application/error-text.js';
import type { Attempt } from '../../../application/ports/attempts.js';
import type { AccountWork, Ensure, PayerRefusal, ProofWork, StepResult } from '../../../application/ports/ensures.js';
import { proofRows } from '../../../domain/baseline/live-proof.js';
import type { LiveProofRecorded } from '../../../domain/provider/baseline-events.js';
import type { ProvisioningHalted } from '../../../domain/provider/events.js';
import { byProvider } from '../calls/by-provider.js';
import type { AwsAccess, AwsSettings } from '../calls/clients.js';
import { stopsVending } from '../calls/payer-refused.js';
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
/** So many providers wrong in one row are no fault of a single account. */
const wrongUntilPaused = 3;
const rowsRemembered = 1_000;

/**
 * Records what AWS decided. A row that is wrong is asked again for two minutes; then what must be denied halts (or is told,
 * by configuration), and what must be allowed is told. That AWS cannot be asked delays by five minutes and never halts.
 * Safe to repeat: it only reads.
 */
export function liveProof({ access, settings }: ProofParts): Ensure<ProofWork> {
  const troubles = byProvider<{ readonly since: number }>();
  const payers = openWrongRows();
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
    const row = payers.repeated(work, wrong);
    return row === undefined ? fact(event) : pausing(work, row, event, attempt.now);
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

/** Which providers of a payer were wrong in which row; a restart begins to count anew. */
function openWrongRows() {
  const wrongIn = new LRUCache<string, Set<string>>({ max: rowsRemembered });
  return {
    /** The first row in which enough providers of this payer were wrong, if there is one. */
    repeated({ payerId, providerId }: AccountWork, wrong: readonly Decided[]): string | undefined {
      const full = wrong.filter(({ row: { name } }) => {
        const providers = wrongIn.get(`${payerId} ${name}`) ?? new Set();
        wrongIn.set(`${payerId} ${name}`, providers.add(providerId));
        return providers.size >= wrongUntilPaused;
      });
      return full[0]?.row.name;
    },
  };
}

/** What is vended there comes out wrong, whoever asks for it. */
function pausing({ payerId }: AccountWork, row: string, event: PayerRefusal['event'], now: number): PayerRefusal {
  const words = `AWS decides otherwise than it should about ${row} in ${wrongUntilPaused} accounts.`;
  const halt = haltOf('LiveProof', 'live-proof-failed', words);
  return { ...stopsVending(payerId, words, halt, undefined, now), event };
}
