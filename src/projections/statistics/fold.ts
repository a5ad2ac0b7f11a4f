/** What each fact of a provider adds to the statistics of its organization. */
import { timesAfter } from '../../application/history/step-times.js';
import type { ProviderRow } from '../../application/ports/read-models.js';
import { classOf } from '../../domain/percentiles.js';
import type { ProviderEvent } from '../../domain/provider/events.js';
import { type Provider, underneath, unknownProvider } from '../../domain/provider/stages.js';
import { after, type ProviderFact } from '../engine/fold-providers.js';
import { type Gathered, now } from './sums.js';

/** As much of a provider as its next fact is counted by. */
export interface CountedProvider {
  readonly provider: Provider;
  readonly steps: ProviderRow['steps'];
}

const unseen: CountedProvider = { provider: unknownProvider, steps: {} };

/** The provider after more facts; what they add is gathered. */
export const counted = (
  stored: CountedProvider | undefined,
  facts: readonly ProviderFact[],
  gathered: Gathered,
): CountedProvider => facts.reduce((state, fact) => next(state, fact, gathered), stored ?? unseen);

function next(state: CountedProvider, fact: ProviderFact, gathered: Gathered): CountedProvider {
  const { event, metadata } = fact;
  const at = metadata.recordedAt;
  const provider = after(state.provider, fact);
  const organization = organizationOf(provider);
  const day = at.slice(0, 10);
  const note = (what: string, detail = ''): void => gathered.add({ organization, day, what, detail });
  const took = (step: string, ms: number): void => note('took', `${step} ${classOf(ms)}`);
  const turn = { before: state.provider, event, provider, at };
  const steps = timesAfter(state.steps, turn, ({ step, ms }) => took(step, ms));
  for (const [what, detail] of countedOf(event)) note(what, detail);
  const acceptedAt = steps.AssignPayer?.startedAt;
  if (event.type === 'CredentialsIssued' && event.generation === 1 && acceptedAt !== undefined)
    took('ToCredentials', Date.parse(at) - Date.parse(acceptedAt));
  move(state.provider, provider, gathered);
  return { provider, steps };
}

/** How many providers stand where is moved from one stage to the next. */
function move(before: Provider, provider: Provider, gathered: Gathered): void {
  if (before.stage === provider.stage) return;
  const at = { organization: organizationOf(provider), day: now, what: 'stage' };
  gathered.add({ ...at, detail: provider.stage });
  if (before.stage !== 'unknown') gathered.add({ ...at, detail: before.stage }, -1);
}

/** What a fact counts as. */
function countedOf(event: ProviderEvent): readonly (readonly [what: string, detail?: string])[] {
  switch (event.type) {
    case 'ProviderRequested':
      return [['requests']];
    case 'ProviderRefused':
      return [['requests'], ['refused'], ...event.reasons.map((reason) => ['refusals', reason] as const)];
    case 'AccountCreated':
      return [['accounts']];
    case 'CredentialsIssued':
      return event.generation === 1 ? [['ready']] : [];
    case 'ProvisioningHalted':
      return [['halts', event.reason]];
    case 'ProviderWithdrawn':
      return [['withdrawn']];
    default:
      return [];
  }
}

export function organizationOf(provider: Provider): string {
  const known = underneath(provider);
  return 'organization' in known ? known.organization : '';
}
