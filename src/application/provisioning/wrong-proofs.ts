/** What becomes of a live proof that came out wrong: it is counted at its payer, and enough of them stop vending there. */
import type { Provider } from '../../domain/provider/stages.js';
import {
  countWrong,
  noWrongProofs,
  repeatedIn,
  type WrongProofs,
  wrongUntilPaused,
} from '../../domain/wrong-proofs.js';
import { facts } from '../error-text.js';
import type { WrongProof } from '../ports/ensures.js';
import { proofs } from '../streams/aggregates.js';
import { sagaCause } from '../streams/causes.js';
import { unusable } from '../streams/quarantined.js';
import { assignedUnder, type RefusalParts, stopVending } from './payer-refusals.js';
import { brakesOf } from './vending.js';

/**
 * Counts a provider in each row that was wrong, on record, so that neither a restart nor another instance begins anew; an
 * operator's resume does. What is vended at a payer where one row is wrong again and again comes out wrong, whoever asks for it.
 */
export async function noteWrongProof(
  on: RefusalParts,
  providerId: string,
  provider: Provider,
  proof: WrongProof,
): Promise<void> {
  const { payerId, rows, provedAt, event } = proof;
  const row = repeatedIn(rows, await counted(on, providerId, provider, proof));
  if (row === undefined) return;
  const said = `AWS decides otherwise than it should about ${row} in ${wrongUntilPaused} accounts.`;
  await stopVending(on, providerId, 'LiveProof', provider, {
    ...{ kind: 'payer-refused', payerId, reason: 'live-proof-failed', event, refusedAt: provedAt },
    words: `${said} Mend that at AWS, then POST /v1/payers/${payerId}/resume.`,
  });
}

/** A count that cannot be used holds nobody up; it is told in the log. */
async function counted(
  { streams, log }: RefusalParts,
  providerId: string,
  provider: Provider,
  { payerId, rows, provedAt }: WrongProof,
): Promise<WrongProofs> {
  const [, payer] = await brakesOf(streams, payerId);
  const since = payer?.vending === 'open' ? payer.since : undefined;
  const wrong = { providerId, rows, since, provedAt, assignedUnder: assignedUnder(provider, payerId) };
  const cause = sagaCause(providerId, 'LiveProof', 'LiveProofFailed');
  try {
    const changed = await streams.change(proofs, payerId, cause, (known) => countWrong(wrong, known));
    return changed.state;
  } catch (error) {
    if (!unusable(error)) throw error;
    log.error({ payerId, ...facts(error) }, 'Wrong proofs of a payer cannot be counted: its record is unusable.');
    return noWrongProofs;
  }
}
