/** An account that exists, whichever way it came to us: linked to its payer, ready, hardened part by part. */
import { evolveAccountState } from './account-state.js';
import type { BaselineApplied, BaselineStepApplied } from './baseline-events.js';
import { memberFacts, paceFrom } from './carry-over.js';
import type { ProviderEventOf } from './events.js';
import { evolveRootState } from './root-observed.js';
import { rootStateOf } from './root-state.js';
import type { Moving, Provider } from './stages.js';
import { type BaselineStep, openBaselineSteps, stillToDo } from './steps.js';

type AccountEvent = ProviderEventOf<
  | 'PayerLinked'
  | 'AccountReady'
  | 'BaselineStepApplied'
  | 'BaselineApplied'
  | 'LiveProofRecorded'
  | 'AccountStateObserved'
  | 'RootStateObserved'
>;
type Ready = Extract<Moving, { stage: 'ready' }>;

/** The provider after a fact about its account, or `undefined` when the fact does not fit. */
export function evolveAccount(provider: Provider, event: AccountEvent, at: string): Provider | undefined {
  switch (event.type) {
    case 'PayerLinked':
      return provider.stage === 'created' ? { ...provider, stage: 'linked', ...paceFrom(at) } : undefined;
    case 'AccountReady':
      return provider.stage === 'linked'
        ? {
            ...provider,
            stage: 'ready',
            applied: [],
            accessBaseline: undefined,
            root: rootStateOf(event.probes),
            ...paceFrom(at),
          }
        : undefined;
    case 'BaselineStepApplied':
      return provider.stage === 'active' ? appliedLater(provider, event.step) : applied(provider, event, at);
    case 'BaselineApplied':
      return hardened(provider, event, at);
    case 'LiveProofRecorded':
      return proven(provider, at);
    case 'AccountStateObserved':
      return evolveAccountState(provider, event, at);
    case 'RootStateObserved':
      return evolveRootState(provider, event);
    default:
      return event satisfies never;
  }
}

/** What this version of the baseline left for later is a fact of it: an older baseline left nothing, and owes nothing new. */
function hardened(provider: Provider, event: BaselineApplied, at: string): Provider | undefined {
  if (provider.stage !== 'ready') return undefined;
  const remaining = stillToDo(event.afterCredentials ?? []);
  const { root, accessBaseline } = provider;
  return { ...memberFacts(provider), stage: 'hardened', remaining, root, accessBaseline, ...paceFrom(at) };
}

/** Once AWS was asked, it no longer matters what it was asked of. */
function proven(provider: Provider, at: string): Provider | undefined {
  if (provider.stage !== 'hardened') return undefined;
  const { accessBaseline, ...asked } = provider;
  return { ...asked, stage: 'proven', ...paceFrom(at) };
}

function appliedLater(provider: Extract<Moving, { stage: 'active' }>, step: BaselineStep): Provider {
  const { [step]: settled, ...delays } = provider.delays;
  return { ...provider, remaining: provider.remaining.filter((each) => each !== step), delays };
}

/** The steps that waited for this one are owed from now on, so their deadlines count from now. */
function applied(provider: Provider, { step, baselineVersion }: BaselineStepApplied, at: string): Ready | undefined {
  if (provider.stage !== 'ready') return undefined;
  const { [step]: settled, ...delays } = provider.delays;
  const before = openBaselineSteps(provider.applied);
  const others = provider.applied.filter((each) => each !== step);
  const accessBaseline = step === 'AccessModel' ? baselineVersion : provider.accessBaseline;
  const after = { ...provider, accessBaseline, applied: [...others, step], delays };
  const opens = openBaselineSteps(after.applied).some((each) => !before.includes(each));
  return opens ? { ...after, since: at } : after;
}
