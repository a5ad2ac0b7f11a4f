/** An account that exists, whichever way it came to us: linked to its payer, ready, hardened part by part. */
import { evolveAccountState } from './account-state.js';
import { memberFacts, paceFrom } from './carry-over.js';
import type { ProviderEventOf } from './events.js';
import type { Moving, Provider } from './stages.js';
import { type BaselineStep, openBaselineSteps } from './steps.js';

type AccountEvent = ProviderEventOf<
  'PayerLinked' | 'AccountReady' | 'BaselineStepApplied' | 'BaselineApplied' | 'AccountStateObserved'
>;
type Ready = Extract<Moving, { stage: 'ready' }>;

/** The provider after a fact about its account, or `undefined` when the fact does not fit. */
export function evolveAccount(provider: Provider, event: AccountEvent, at: string): Provider | undefined {
  switch (event.type) {
    case 'PayerLinked':
      return provider.stage === 'created' ? { ...provider, stage: 'linked', ...paceFrom(at) } : undefined;
    case 'AccountReady':
      return provider.stage === 'linked' ? { ...provider, stage: 'ready', applied: [], ...paceFrom(at) } : undefined;
    case 'BaselineStepApplied':
      return provider.stage === 'ready' ? applied(provider, event.step, at) : undefined;
    case 'BaselineApplied':
      return provider.stage === 'ready' ? { ...memberFacts(provider), stage: 'hardened', ...paceFrom(at) } : undefined;
    case 'AccountStateObserved':
      return evolveAccountState(provider, event, at);
    default:
      return event satisfies never;
  }
}

/** The steps that waited for this one are owed from now on, so their deadlines count from now. */
function applied(provider: Ready, step: BaselineStep, at: string): Ready {
  const { [step]: settled, ...delays } = provider.delays;
  const before = openBaselineSteps(provider.applied);
  const others = provider.applied.filter((each) => each !== step);
  const after = { ...provider, applied: [...others, step], delays };
  const opens = openBaselineSteps(after.applied).some((each) => !before.includes(each));
  return opens ? { ...after, since: at } : after;
}
