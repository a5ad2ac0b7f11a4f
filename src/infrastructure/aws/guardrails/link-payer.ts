/** Ties an account to its payer: in the customers' unit, under its guardrails, tagged with its provider. */

import { MoveAccountCommand, type OrganizationsClient } from '@aws-sdk/client-organizations';
import { operatorInformed } from '../../../application/error-text.js';
import type { Attempt } from '../../../application/ports/attempts.js';
import type { AccountWork, Ensure, StepResult } from '../../../application/ports/ensures.js';
import type { OwnPolicy } from '../../../domain/guardrails/plan.js';
import { type GuardrailSettings, guardrails } from '../../../domain/guardrails/service-control-policies.js';
import type { AwsAccess, AwsSettings } from '../calls/clients.js';
import { classify } from '../calls/errors.js';
import { stopsVending } from '../calls/payer-refused.js';
import { delayed, fact, haltOf, later, patiently, triesUntilTold, waitMs } from '../calls/step-results.js';
import { callOf } from '../calls/watched-calls.js';
import { ownerOf, tagOwner } from '../creation/account-index.js';
import { guardrailsOver, type Over, parentOf } from './guardrails-over.js';

export interface LinkParts {
  readonly access: AwsAccess;
  readonly settings: AwsSettings;
  /** What an operator applied last over the customers of a payer; `undefined` where nobody has. */
  readonly applied: (payerId: string) => Promise<readonly OwnPolicy[] | undefined>;
}

/** What the guardrails of this version are made of. */
export const guardrailSettings = ({
  prefix,
  resellerName,
  automationRoleArn,
  baseline,
}: AwsSettings): GuardrailSettings => ({
  prefix,
  resellerName,
  automationRoleArn,
  homeRegion: baseline.homeRegion,
  ...(baseline.purchases ? { purchases: baseline.purchases } : {}),
});

/**
 * Makes the account a tagged member of the payer's customers' unit and names the guardrails in force there. Where those that
 * an operator applied (or, before anybody has, those of this version) do not bind by what they say, it halts, unless the
 * settings only want that reported.
 * Safe to repeat: an account that is where it belongs is left alone, and so is a tag that is right.
 * Source: Organizations API, ListParents, MoveAccount, TagResource; aws-facts §1.5.
 */
export function linkPayer({ access, settings, applied }: LinkParts): Ensure<AccountWork> {
  const desired = guardrails(guardrailSettings(settings));
  return patiently(async (work, attempt) => {
    const { signal } = attempt;
    const unit = customersUnit(settings, work.payerId);
    const { organizations } = access.payer(work.payerId);
    const delay = await moveInto(organizations, work, unit, attempt);
    if (delay) return delay;
    const owner = await ownerOf(organizations, work.accountId, signal);
    if (owner !== work.providerId) await tagOwner(access, work, signal);
    const wanted = (await applied(work.payerId)) ?? desired;
    const over = await guardrailsOver(organizations, { accountId: work.accountId, unit, wanted }, signal);
    if (over.problems.length > 0 && settings.guardrails === 'required')
      return unguarded(work.payerId, wanted, over, attempt);
    const { names, bound } = over;
    return fact({ type: 'PayerLinked', payerId: work.payerId, organizationalUnit: unit, guardrails: names, bound });
  });
}

/** Whatever is vended there could leave the hardening behind, so the payer stops before it makes more of them. */
function unguarded(
  payerId: string,
  wanted: readonly OwnPolicy[],
  { names, problems }: Over,
  { now }: Attempt,
): StepResult {
  const none = !wanted.some(({ name }) => names.includes(name));
  const [reason, words] = none
    ? [
        'guardrails-not-applied',
        "No guardrail is in force over the customers' unit, so the account would not stay hardened.",
      ]
    : ['guardrails-not-binding', 'The guardrails over the account do not bind, so it would not stay hardened.'];
  const halt = haltOf('LinkPayer', reason, `${words} ${operatorInformed}`);
  const shown = `${words} ${problems.join('; ')}. The command npm run guardrails -- plan --payer ${payerId} shows what is missing, apply brings it.`;
  return stopsVending(payerId, shown, halt, undefined, now);
}

function customersUnit({ payers }: AwsSettings, payerId: string): string {
  const payer = payers.find(({ id }) => id === payerId);
  if (!payer)
    throw new Error(`payer: '${payerId}' is not in the configuration; payers must list every payer ever used`);
  return payer.customersUnit;
}

/** Moves the account where it belongs; answers with what stands in the way, or nothing when it is there. */
async function moveInto(
  client: OrganizationsClient,
  { accountId, payerId }: AccountWork,
  unit: string,
  attempt: Attempt,
): Promise<StepResult | undefined> {
  const { signal: abortSignal } = attempt;
  try {
    const parent = await parentOf(client, accountId, abortSignal);
    if (parent === unit) return undefined;
    const input = { AccountId: accountId, SourceParentId: parent, DestinationParentId: unit };
    await client.send(new MoveAccountCommand(input), { abortSignal });
    return undefined;
  } catch (error) {
    return unmoved(error, payerId, attempt);
  }
}

function unmoved(error: unknown, payerId: string, { now, tries }: Attempt): StepResult | undefined {
  const call = callOf(error);
  const wait = waitMs(tries);
  switch (classify(error).code) {
    // AWS says that it is there already: the next look sees where it is.
    case 'DuplicateAccount':
    case 'SourceParentNotFound':
      return later(wait, call);
    case 'AccountNotFound':
    case 'ChildNotFound':
      if (tries < triesUntilTold) return later(wait, call);
      return delayed('account-not-listed', 'AWS does not list the new account in its organization yet.', wait, call);
    case 'DestinationParentNotFound': {
      if (!call) throw error;
      const words = "The organizational unit for customers' accounts does not exist.";
      const halt = haltOf('LinkPayer', 'customers-unit-missing', `${words} ${operatorInformed}`, call);
      return stopsVending(payerId, words, halt, call, now);
    }
    default:
      throw error;
  }
}
