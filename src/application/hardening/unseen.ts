/** What becomes of an attempt that AWS did not let through: it is tried again, then given up for a while and told in the log. */

import { OrganizationUnavailable } from '../ports/guardrails.js';
import { AccountUnseen } from '../ports/hardening.js';
import { backOffMs } from '../processes/back-off.js';
import type { Outcome } from '../processes/process.js';

const triesUntilGivenUp = 5;
const givenUpForMs = 3_600_000;

interface Trying {
  /** How often it was tried before. */
  readonly tries: number;
  readonly random: () => number;
  /** Hears that it is given up for now. */
  readonly givenUp?: () => void;
}

/** What the work comes to; what keeps it from AWS is waited out, anything else is thrown. */
export async function seen<E>(
  { tries, random, givenUp }: Trying,
  work: () => Promise<Outcome<E>>,
): Promise<Outcome<E>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AccountUnseen || error instanceof OrganizationUnavailable)) throw error;
    const { message, call } = error;
    const failed = call ? { call } : {};
    if (tries < triesUntilGivenUp) return { kind: 'later', retryAfterMs: backOffMs(tries, random), ...failed };
    givenUp?.();
    const advice = `Whether the account is as it was hardened cannot be seen, or not be mended. ${message}`;
    return {
      ...{ kind: 'delayed', reason: 'account-unseen', words: message, advice },
      ...{ retryAfterMs: givenUpForMs },
      ...failed,
    };
  }
}
