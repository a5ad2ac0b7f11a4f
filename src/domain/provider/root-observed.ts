/** What a look at an account in use saw of its root: a fact where it is news. */
import type { RootStateObserved } from './events.js';
import { rootStateAfter } from './root-state.js';
import { type Moving, type Provider, underneath } from './stages.js';

/** The fact that root was seen with these credentials, where it is news: of an active provider alone. */
export function rootSeen(credentials: readonly string[], provider: Provider): RootStateObserved[] {
  const known = underneath(provider);
  const isNews = known.stage === 'active' && rootStateAfter(known.root, credentials) !== known.root;
  return isNews ? [{ type: 'RootStateObserved', credentials }] : [];
}

/** The provider after that fact, or `undefined` when it does not fit. Nothing is owed for it, so its pace stays. */
export function evolveRootState(provider: Provider, { credentials }: RootStateObserved): Provider | undefined {
  const after = (active: Extract<Moving, { stage: 'active' }>) => ({
    ...active,
    root: rootStateAfter(active.root, credentials),
  });
  if (provider.stage === 'active') return after(provider);
  if (provider.stage === 'halted' && provider.from.stage === 'active')
    return { ...provider, from: after(provider.from) };
  return undefined;
}
