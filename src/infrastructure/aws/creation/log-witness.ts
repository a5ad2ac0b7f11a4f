/** AWS as the last witness: accounts that this installation made and the log does not know mean that the log is lost or older. */
import {
  type Account,
  type CreateAccountStatus,
  paginateListAccounts,
  paginateListCreateAccountStatus,
} from '@aws-sdk/client-organizations';
import { errorText, operatorInformed } from '../../../application/error-text.js';
import type { Attempt } from '../../../application/ports/attempts.js';
import type { StepResult } from '../../../application/ports/ensures.js';
import type { HealthSource } from '../../../application/ports/health.js';
import type { Log } from '../../../application/ports/log.js';
import { providerOfAccountName } from '../../../domain/account-token.js';
import type { AwsAccess } from '../calls/clients.js';
import { delayed } from '../calls/step-results.js';

/** Asked before a payer is sent its first request for an account; answers with why none may be sent, if so. */
export type Witness = (payerId: string, attempt: Attempt) => Promise<StepResult | undefined>;

export interface LogWitnessParts {
  readonly access: AwsAccess;
  readonly payers: readonly string[];
  /** Whether the log has anything about a provider. */
  readonly isKnown: (providerId: string) => boolean;
  /** Until when a person has accepted a log that lacks something, in milliseconds; what AWS has from before raises no doubt. */
  readonly acceptedUntil: () => Promise<number>;
  readonly log: Log;
}

/** An account, or a request for one, of a provider that the log does not know. */
interface Stranger {
  readonly payerId: string;
  readonly providerId: string;
  /** The account's id, or that of the request. */
  readonly id: string;
}

const lookAgainMs = 60_000;
const waysOn =
  'The log may be lost or older than it was: nothing is created in any payer. Put the right events.db back, or start once with --accept-new-log (docs/operations/lost-log.md).';

/**
 * Reads every payer's list once and does not trust the log while one shows a stranger; a payer that cannot be read keeps nobody
 * else waiting, and gets no request itself until it has been read.
 */
export function openLogWitness(parts: LogWitnessParts): { readonly witness: Witness; readonly health: HealthSource } {
  const trusted = new Set<string>();
  const strangers = new Map<string, { readonly found: Stranger | undefined; readonly at: number }>();
  const doubt = (): Stranger | undefined => [...strangers.values()].find(({ found }) => found)?.found;

  async function compareWithLog(payerId: string, { now, signal }: Attempt): Promise<void> {
    const seen = strangers.get(payerId);
    if (trusted.has(payerId) || (seen && now - seen.at < lookAgainMs)) return;
    const found = await strangerIn(parts, payerId, signal);
    strangers.set(payerId, { found, at: now });
    if (!found) trusted.add(payerId);
    else parts.log.error({ ...found }, `${wordsFor(found)} ${waysOn}`);
  }

  return {
    async witness(payerId, attempt) {
      const others = parts.payers.filter((id) => id !== payerId);
      const comparisons = others.map((id) =>
        compareWithLog(id, attempt).catch((error: unknown) =>
          parts.log.info({ payerId: id, words: errorText(error) }, 'A payer cannot be compared with the log yet.'),
        ),
      );
      await Promise.all([compareWithLog(payerId, attempt), ...comparisons]);
      return doubt() && delayed('log-in-doubt', `What is on record is being checked. ${operatorInformed}`, lookAgainMs);
    },
    health: {
      name: 'log-and-aws',
      degraded: () => undefined,
      failing() {
        const found = doubt();
        return found && `${wordsFor(found)} ${waysOn}`;
      },
    },
  };
}

const wordsFor = ({ payerId, providerId, id }: Stranger): string =>
  `The payer ${payerId} has ${id}, made here for the provider ${providerId}, of which the log knows nothing.`;

/** Source: Organizations API, ListAccounts and ListCreateAccountStatus: both name accounts, and every account of ours has its provider in its name. */
async function strangerIn(
  { access, isKnown, acceptedUntil }: LogWitnessParts,
  payerId: string,
  abortSignal: AbortSignal,
): Promise<Stranger | undefined> {
  const client = access.payer(payerId).organizations;
  const accepted = await acceptedUntil();
  const stranger = (name: string | undefined, id: string | undefined, at: Date | undefined): Stranger | undefined => {
    const providerId = name === undefined ? undefined : providerOfAccountName(name);
    if (!id || !providerId || isKnown(providerId) || (at?.getTime() ?? 0) <= accepted) return undefined;
    return { payerId, providerId, id };
  };
  const ofAccount = ({ Name, Id, JoinedTimestamp }: Account) => stranger(Name, Id, JoinedTimestamp);
  const ofRequest = ({ AccountName, Id, RequestedTimestamp }: CreateAccountStatus) =>
    stranger(AccountName, Id, RequestedTimestamp);
  for await (const { Accounts = [] } of paginateListAccounts({ client }, {}, { abortSignal })) {
    const [found] = Accounts.flatMap((account) => ofAccount(account) ?? []);
    if (found) return found;
  }
  const running = paginateListCreateAccountStatus({ client }, { States: ['IN_PROGRESS'] }, { abortSignal });
  for await (const { CreateAccountStatuses = [] } of running) {
    const [found] = CreateAccountStatuses.flatMap((status) => ofRequest(status) ?? []);
    if (found) return found;
  }
  return undefined;
}
