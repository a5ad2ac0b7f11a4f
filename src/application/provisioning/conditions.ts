/** Conditions that must hold when a slot is given, and not only when the account was asked for. */
import { refusalReasons, refusalText } from '../../domain/eligibility.js';
import type { UnmetCondition } from '../../domain/queue/blocked.js';
import type { Waiting } from '../../domain/queue/queue.js';
import type { Settings } from '../dependencies.js';
import type { Terms } from '../ports/terms.js';
import { organizations } from '../streams/aggregates.js';
import { unusable } from '../streams/quarantined.js';
import type { Streams } from '../streams/streams.js';

/** Why somebody who waits is given no slot: a stable code, and words for the customer. */
export interface Unmet {
  readonly reason: UnmetCondition;
  readonly words: string;
}

interface Parts {
  readonly streams: Pick<Streams, 'load'>;
  readonly settings: Pick<Settings, 'territories'>;
  readonly terms: Terms;
}

const goesOn = 'It goes on by itself once that has changed.';

/** The condition that is not met now; `undefined` when all are. Terms that were accepted stay so when newer ones come. */
export async function unmetBy(on: Parts, { organization, territory }: Waiting): Promise<Unmet | undefined> {
  if (!on.settings.territories.list.some(({ code }) => code === territory))
    return { reason: 'territory-not-served', words: `Accounts are not made for ${territory} any more. ${goesOn}` };
  if (on.terms.current(territory).length === 0)
    return { reason: 'terms-withdrawn', words: `No terms are in force for ${territory} at present. ${goesOn}` };
  return ineligible(on, organization, territory);
}

async function ineligible({ streams }: Parts, organization: string, territory: string): Promise<Unmet | undefined> {
  try {
    const { state } = await streams.load(organizations, organization);
    // Its facts were looked at when the account was asked for; they hold until others are reported.
    const reasons = state.stage === 'registered' ? refusalReasons(state.facts, territory) : [];
    if (reasons.length === 0) return undefined;
    const words = [...reasons.map(refusalText), goesOn].join(' ');
    return { reason: 'organization-ineligible', words };
  } catch (error) {
    if (!unusable(error)) throw error;
    const words = `What is recorded about the organization cannot be used at present. ${goesOn}`;
    return { reason: 'organization-unreadable', words };
  }
}
