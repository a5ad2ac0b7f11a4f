/** How much room a payer has: the quota of accounts by its name, how many there are, and what its last creations came to. */
import {
  type CreateAccountStatus,
  paginateListAccounts,
  paginateListCreateAccountStatus,
} from '@aws-sdk/client-organizations';
import { paginateListServiceQuotas, type ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { PayerClients } from '../calls/payer-clients.js';
import { about, type CheckResult, type Finding, failureWords, looked } from './check-result.js';

export interface QuotaLook {
  readonly id: string;
  readonly organizations: PayerClients['organizations'];
  readonly quotas: ServiceQuotasClient;
  /** What the configuration says AWS allows. */
  readonly accountsAllowed: number;
  readonly abortSignal: AbortSignal;
}

/** Codes of quotas differ from tool to tool and may change; names do not. Source: aws-2026 §7; Service Quotas API. */
const quotaName = 'Default maximum number of accounts';
const fewAreLeftAt = 20;

/** The room, then what the last requests for accounts say of the means of payment. */
export const quotaChecks = (look: QuotaLook): readonly Promise<CheckResult>[] => [
  looked(about(look.id, 'accounts'), { level: 'error', advice: needsPolicy }, (finding) => quotaLine(look, finding)),
  looked(about(look.id, 'means of payment'), { level: 'warning', advice: needsPolicy }, (finding) =>
    paymentCheck(look, finding),
  ),
];

const needsPolicy = "Give the payer's role the policies of deploy/iam.";

/** Closed accounts count for 90 days, so all that are listed do. Source: Organizations User Guide, quotas. */
async function quotaLine(look: QuotaLook, finding: Finding): Promise<CheckResult> {
  const { organizations: client, accountsAllowed, abortSignal } = look;
  let there = 0;
  for await (const { Accounts = [] } of paginateListAccounts({ client }, {}, { abortSignal })) there += Accounts.length;
  const quota = await quotaOf(look);
  if (typeof quota === 'string')
    return finding.warning(
      `${there} are there; the quota cannot be read: ${quota}`,
      `Look in the console of Service Quotas, under AWS Organizations, whether "${quotaName}" is ${accountsAllowed}, as accountsAllowed says. How many are in creation at once (5) is not told anywhere.`,
    );
  const left = quota - there;
  const words = `${there} of ${quota} are there, ${left} are left`;
  if (accountsAllowed > quota)
    return finding.error(
      `${words}; accountsAllowed says ${accountsAllowed}`,
      `Set accountsAllowed to ${quota}, or ask AWS for more.`,
    );
  if (left <= 0) return finding.error(words, `Ask AWS for a higher "${quotaName}".`);
  return left < fewAreLeftAt ? finding.warning(words, `Ask AWS for a higher "${quotaName}".`) : finding.ok(words);
}

/** The quota, or why it is not known. */
async function quotaOf({ quotas: client, abortSignal }: QuotaLook): Promise<number | string> {
  try {
    const pages = paginateListServiceQuotas({ client }, { ServiceCode: 'organizations' }, { abortSignal });
    for await (const { Quotas = [] } of pages) {
      const value = Quotas.find(({ QuotaName }) => QuotaName === quotaName)?.Value;
      if (value !== undefined) return value;
    }
    return `Service Quotas lists none of the name "${quotaName}"`;
  } catch (error) {
    return failureWords(error);
  }
}

const payment: ReadonlySet<string> = new Set(['MISSING_PAYMENT_INSTRUMENT', 'INVALID_PAYMENT_INSTRUMENT']);
const untold =
  'Look in the console of Billing of this payer, under payment preferences, for a valid means of payment. AWS tells it to no program; a request for an account is refused without one.';

/** AWS says it only by how it answers a request for an account; it lists those of 90 days. Source: ListCreateAccountStatus. */
async function paymentCheck({ organizations: client, abortSignal }: QuotaLook, finding: Finding): Promise<CheckResult> {
  const all: CreateAccountStatus[] = [];
  for await (const page of paginateListCreateAccountStatus({ client }, {}, { abortSignal }))
    all.push(...(page.CreateAccountStatuses ?? []));
  const telling = all.filter(({ State, FailureReason = '' }) => State === 'SUCCEEDED' || payment.has(FailureReason));
  const last = telling.sort((a, b) => requestedAt(b) - requestedAt(a))[0];
  if (!last) return finding.warning('nothing is known, because no account was asked for lately', untold);
  if (last.State === 'SUCCEEDED') return finding.ok(`the last account was made with it (${last.Id})`);
  return finding.error(
    `the last request, ${last.Id}, failed with ${last.FailureReason}`,
    'Enter a valid means of payment in the console of Billing of this payer.',
  );
}

const requestedAt = ({ RequestedTimestamp }: CreateAccountStatus): number => RequestedTimestamp?.getTime() ?? 0;
