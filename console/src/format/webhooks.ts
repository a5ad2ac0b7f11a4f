/** Webhooks: of what they can tell, and what is still wrong with one before it is sent. */

import type { FactKind } from '../text/facts.js';
import { historyText } from '../text/history.js';
import { webhooksText as text } from '../text/webhooks.js';
import { factTypes } from './facts.js';

const headSigned = 'head.signed';

/** Facts of which only the reseller’s people learn. */
const ofTheService: readonly string[] = [
  'OrganizationRegistered',
  'OrganizationUpdated',
  'VendingPaused',
  'VendingResumed',
  'ResumptionStarted',
  'RequestCounted',
  'RefusalNoted',
  'StreamQuarantined',
  'QuarantineLifted',
  'LogAccepted',
  'LogContinued',
  'AuditKeyRotated',
  'GuardrailsApplied',
  'GuardrailsDriftDetected',
  'GuardrailsRestored',
  'LiveProofFailed',
  'BaselineDescribed',
  'BaselineRolloutStarted',
  'BaselineRolloutPaused',
  'BaselineRolloutResumed',
  'BaselineBatchBegun',
  'BaselineUpgradeFailed',
  'BaselineRolloutStopped',
  'BaselineRolloutFinished',
  'HardeningRoundCompleted',
  'WebhookSubscribed',
  'WebhookRotated',
  'WebhookDisabled',
  'WebhookEnabled',
  'WebhookReplayed',
  'WebhookRemoved',
];

interface TypeGroup {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

const group = (label: string, types: readonly string[]): TypeGroup => ({
  label,
  options: types.map((type) => ({ value: type, label: type })),
});

/** What a webhook can tell of: to a customer of the own providers, to the reseller’s people of everything. */
export const typeGroups = (ofAll: boolean): readonly TypeGroup[] => [
  ...Object.entries(historyText.kinds).map(([kind, label]) => group(label, factTypes(kind as FactKind))),
  ...(ofAll ? [group(text.groups.service, ofTheService)] : []),
  group(text.groups.log, [headSigned]),
];

const mostShown = 2;

/** The types in a line. */
export function typesText(types: readonly string[]): string {
  if (types.length === 0) return text.everything;
  const shown = types.slice(0, mostShown).join(', ');
  return types.length > mostShown ? text.andMore(shown, types.length - mostShown) : shown;
}

export interface WebhookAsked {
  readonly url: string;
  /** Whether it tells of every event; `types` counts only where it does not. */
  readonly everything: boolean;
  readonly types: readonly string[];
}

/** The service says more, such as of addresses that it may not reach. */
export function mistakesInWebhook({ url, everything, types }: WebhookAsked) {
  return {
    ...(/^https?:\/\/[^\s?#@]+$/.test(url.trim()) ? {} : { url: text.urlWrong }),
    ...(everything || types.length > 0 ? {} : { types: text.typesWrong }),
  };
}
