/** Whether the guardrails bind an account in use: it must be where it belongs, and each policy in force somewhere above it. */
import { LRUCache } from 'lru-cache';
import { errorText } from '../../../application/error-text.js';
import type { Attempt } from '../../../application/ports/attempts.js';
import type { AccountWork } from '../../../application/ports/ensures.js';
import { AccountUnseen, type HardeningAtAws } from '../../../application/ports/hardening.js';
import type { OwnPolicy } from '../../../domain/guardrails/plan.js';
import type { AwsAccess, AwsSettings } from '../calls/clients.js';
import { callOf } from '../calls/watched-calls.js';
import { guardrailsOver, parentOf } from '../guardrails/guardrails-over.js';

export interface UnboundParts {
  readonly access: Pick<AwsAccess, 'payer'>;
  readonly settings: Pick<AwsSettings, 'payers'>;
}

/** What stands over a unit is the same for all its accounts, and Organizations takes few calls a second. */
const unitSeenForMs = 15 * 60_000;
const unitsRemembered = 100;

interface Seen {
  readonly at: number;
  readonly wanted: string;
  readonly problems: readonly string[];
}

/** Opens the look at guardrails. What was seen over a unit counts for a quarter of an hour. */
export function openUnbound({ access, settings }: UnboundParts): HardeningAtAws['unbound'] {
  const units = new LRUCache<string, Seen>({ max: unitsRemembered });
  return async (account, wanted, attempt) => {
    const unit = settings.payers.find(({ id }) => id === account.payerId)?.customersUnit ?? '';
    const { background } = access.payer(account.payerId);
    try {
      const parent = await parentOf(background, account.accountId, attempt.signal);
      if (parent !== unit) return [`the account is in ${parent ?? 'no unit'} and not in the customers' unit ${unit}`];
      const known = units.get(unit);
      if (known && attempt.now - known.at < unitSeenForMs && known.wanted === textOf(wanted)) return known.problems;
      const asked = { accountId: account.accountId, unit, wanted };
      const { problems } = await guardrailsOver(background, asked, attempt.signal);
      units.set(unit, { at: attempt.now, wanted: textOf(wanted), problems });
      return problems;
    } catch (error) {
      throw unseen(account, error, attempt);
    }
  };
}

const textOf = (wanted: readonly OwnPolicy[]): string => wanted.map(({ name, content }) => name + content).join('\n');

function unseen({ accountId }: AccountWork, error: unknown, { signal }: Attempt): unknown {
  if (signal.aborted) return error;
  const call = callOf(error);
  return new AccountUnseen(
    `${accountId}: ${call ? `${call.operation} ended in ${call.error}` : errorText(error)}`,
    call,
    error,
  );
}
