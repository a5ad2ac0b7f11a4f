/** What is owed after the credentials stops nobody: a halt would keep the customer from new credentials, and old ones from expiring. */
import type { Ensure } from '../../../application/ports/ensures.js';
import { delayed } from './step-results.js';

/** Nothing is lost by an hour, and nobody waits for it. */
const lookAgainMs = 3_600_000;

/** The ensure of a step that waits and says for what, where another would halt; a person who acts need not resume it. */
export function withoutHalts<W>(ensure: Ensure<W>): Ensure<W> {
  return async (work, attempt) => {
    const result = await ensure(work, attempt);
    if (result.kind !== 'fact' || result.event.type !== 'ProvisioningHalted') return result;
    const { reason, words, call } = result.event;
    return { ...delayed(reason, words, lookAgainMs, call), advice: `${words} It is tried again each hour by itself.` };
  };
}
