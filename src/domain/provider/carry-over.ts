/** What one stage hands on to the next: only the facts that outlive it. */
import type { Pace } from './stage-facts.js';
import type { Accepted, Member, Request, ToBeMade } from './stages.js';

/** The facts of the request. */
export const requestFacts = (provider: Request): Request => {
  const { organization, name, origin, territory, requestDigest, requestedAt } = provider;
  return { organization, name, origin, territory, requestDigest, requestedAt };
};

const acceptedFacts = (provider: Accepted): Accepted => {
  const { documents, acceptedAt } = provider;
  return { ...requestFacts(provider), documents, acceptedAt };
};

/** The facts that outlive a payer. */
export const toBeMadeFacts = (provider: ToBeMade): ToBeMade => ({
  ...acceptedFacts(provider),
  origin: provider.origin,
});

/** The facts that outlive how an account came to us; the account itself is the same for ever. */
export const memberFacts = (provider: Member): Member => {
  const { accountId, wayIn, payerId } = provider;
  return { ...acceptedFacts(provider), accountId, wayIn, payerId };
};

/** The pace of a stage that begins at an ISO time: nothing is held up yet. */
export const paceFrom = (at: string): Pace => ({ since: at, delays: {} });
