/** Lives that a provider could have: random walks through every fact that its history allows next. */
import type { ProviderEvent } from '../../src/domain/provider/events.js';
import { evolve } from '../../src/domain/provider/evolve.js';
import { type Provider, unknownProvider } from '../../src/domain/provider/stages.js';
import { baselineSteps } from '../../src/domain/provider/steps.js';
import { minute } from './given.js';
import * as s from './story.js';

const candidates: readonly ProviderEvent[] = [
  s.providerRequested,
  s.termsAccepted,
  s.payerAssigned('payer-1'),
  s.payerAssigned('payer-2'),
  s.creationRequested(),
  s.payerRefused(),
  s.accountCreated(),
  s.payerLinked,
  s.accountReady,
  ...baselineSteps.map(s.stepApplied),
  s.baselineApplied,
  s.liveProofRecorded,
  s.baselineAppliedBut('RegionDefaults', 'AccountContacts'),
  ...[1, 2, 3].flatMap((n) => [s.credentialsIssued(n), s.claimed(n), s.expired(n), s.reissued(n)]),
  s.mfaEnrolled(),
  s.delayed('CreateAccount', 'throttled'),
  s.halted(),
  s.resumed,
  { type: 'ProviderRenamed', name: 'Another' },
  { type: 'ProviderWithdrawn' },
];

/** A history of at most so many events; `pick` chooses among a number of possibilities. */
export function wander(length: number, pick: (possibilities: number) => number): readonly ProviderEvent[] {
  const history: ProviderEvent[] = [];
  let provider = unknownProvider;
  for (let n = 0; n < length; n++) {
    const possible = candidates.filter((event) => fits(provider, event));
    const event = possible[pick(possible.length)];
    if (!event) return history;
    provider = evolve(provider, event, minute(n));
    history.push(event);
  }
  return history;
}

function fits(provider: Provider, event: ProviderEvent): boolean {
  try {
    evolve(provider, event, minute(0));
    return true;
  } catch {
    return false;
  }
}
