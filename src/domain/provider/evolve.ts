/** The provider after an event. History that breaks the life cycle is corrupt, so it stops the reader. */

import { evolveActive } from './credentials.js';
import type { ProviderEvent } from './events.js';
import { evolveProvisioning, resumed } from './provisioning.js';
import type { Moving, Provider } from './stages.js';

/** A fact that history cannot hold at this place. */
class CorruptHistory extends Error {
  constructor(provider: Provider, event: ProviderEvent) {
    super(`${event.type} cannot follow in stage ${provider.stage}`);
  }
}

/** Folds one event, recorded at an ISO time; throws {@link CorruptHistory} where it does not fit. */
export function evolve(provider: Provider, event: ProviderEvent, at: string): Provider {
  switch (event.type) {
    case 'ProviderRequested': {
      const { type, organizationRevision, facts, ...request } = event;
      if (provider.stage !== 'unknown') break;
      return { stage: 'requested', ...request, requestedAt: at };
    }
    case 'ProviderRefused':
      if (provider.stage !== 'unknown') break;
      return {
        stage: 'refused',
        organization: event.organization,
        requestDigest: event.requestDigest,
        reasons: event.reasons,
      };
    case 'ProviderRenamed':
      return renamed(provider, event.name) ?? corrupt(provider, event);
    case 'ProviderWithdrawn':
      return withdrawn(provider) ?? corrupt(provider, event);
    case 'ProvisioningResumed':
      if (provider.stage !== 'halted') break;
      return resumed(provider.from, provider.halt.step, at);
    case 'ProvisioningHalted': {
      const { type, answers, ...halt } = event;
      if (!isMoving(provider) || provider.stage === 'requested') break;
      return { stage: 'halted', halt: { ...halt, haltedAt: at }, from: provider };
    }
    case 'StepDelayed':
      if (!isMoving(provider) || !('since' in provider)) break;
      return { ...provider, delays: { ...provider.delays, [event.step]: event.reason } };
    default:
      if (!isMoving(provider)) break;
      return evolveProvisioning(provider, event, at) ?? evolveActive(provider, event, at) ?? corrupt(provider, event);
  }
  return corrupt(provider, event);
}

const corrupt = (provider: Provider, event: ProviderEvent): never => {
  throw new CorruptHistory(provider, event);
};

function isMoving(provider: Provider): provider is Moving {
  return !['unknown', 'refused', 'withdrawn', 'halted'].includes(provider.stage);
}

function renamed(provider: Provider, name: string): Provider | undefined {
  if (provider.stage === 'halted') return { ...provider, from: { ...provider.from, name } };
  return isMoving(provider) ? { ...provider, name } : undefined;
}

function withdrawn(provider: Provider): Provider | undefined {
  if (provider.stage !== 'requested' && (provider.stage !== 'accepted' || provider.payersTried.length > 0))
    return undefined;
  const { organization, name, origin, territory, rootEmail, accountName, requestDigest, requestedAt } = provider;
  return {
    stage: 'withdrawn',
    organization,
    name,
    origin,
    territory,
    rootEmail,
    accountName,
    requestDigest,
    requestedAt,
  };
}
