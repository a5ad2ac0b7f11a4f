/** Reads all accounts of a payer with state, unit and owner, slowly enough for AWS: nobody waits for it, so it gives way to vending. */
import {
  type Account,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListParentsCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import pLimit from 'p-limit';
import { errorText } from '../../../application/error-text.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { ListPayer } from '../../../application/reconciliation/compare.js';
import type { ListedAccount } from '../../../domain/reconciliation/accounts.js';
import { stateOf } from '../calls/account-state.js';
import { Resting } from '../calls/call-pace.js';
import type { AwsAccess, AwsSettings } from '../calls/clients.js';
import { classify } from '../calls/errors.js';
import { waitMs } from '../calls/step-results.js';
import { callOf } from '../calls/watched-calls.js';
import { ownerOf } from './account-index.js';

export interface ListingParts {
  readonly access: AwsAccess;
  readonly settings: Pick<AwsSettings, 'payers'>;
  readonly clock: Clock;
}

/** Each account costs a call for its tags; more at once would only be throttled. */
const callsAtOnce = 4;
const triesAtMost = 12;

/** Makes a call until it is answered; what AWS throttles or fails by itself is tried again after a wait. */
type Patiently = <T>(call: () => Promise<T>) => Promise<T>;

/**
 * Lists payers. A rejection says which call AWS refused, and how.
 * Source: Organizations API, ListAccounts, ListAccountsForParent, ListParents, ListTagsForResource.
 */
export function openAccountLister({ access, settings, clock }: ListingParts): ListPayer {
  return async (payerId, signal) => {
    const payer = settings.payers.find(({ id }) => id === payerId);
    if (!payer) throw new Error(`payer: '${payerId}' is not in the configuration`);
    const semaphore = pLimit(callsAtOnce);
    const patiently: Patiently = (call) => semaphore(() => untilAnswered(call, clock, signal));
    const reader = { client: access.payer(payerId).background, patiently, signal };
    try {
      const inUnit = await membersOf(reader, payer.customersUnit);
      const accounts = await allAccounts(reader, payer.accountId, payer.customersUnit, inUnit);
      return { payerId, unit: payer.customersUnit, accounts };
    } catch (error) {
      throw new Error(unreadable(error), { cause: error });
    }
  };
}

interface Reading {
  readonly client: OrganizationsClient;
  readonly patiently: Patiently;
  readonly signal: AbortSignal;
}

/** A call that rests because of an earlier answer was not sent, so it is no try. */
async function untilAnswered<T>(call: () => Promise<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  for (let tries = 0; ; ) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Resting)) tries += 1;
      const passes = ['throttled', 'unavailable', 'unreachable', 'timeout'].includes(classify(error).kind);
      if (!passes || signal.aborted || tries === triesAtMost) throw error;
      await clock.wait(error instanceof Resting ? error.restMs : waitMs(tries), signal);
    }
  }
}

/** The accounts right in a unit; none when the unit does not exist. One page of them spares as many calls of ListParents. */
async function membersOf({ client, patiently, signal }: Reading, unit: string): Promise<ReadonlySet<string>> {
  const members = new Set<string>();
  let token: string | undefined;
  try {
    do {
      const command = new ListAccountsForParentCommand({ ParentId: unit, NextToken: token });
      const { Accounts = [], NextToken } = await patiently(() => client.send(command, { abortSignal: signal }));
      for (const { Id } of Accounts) if (Id) members.add(Id);
      token = NextToken;
    } while (token);
  } catch (error) {
    if (classify(error).code !== 'ParentNotFound') throw error;
  }
  return members;
}

/** A page may be empty and still not the last. Source: aws-facts §1.2. */
async function allAccounts(
  reading: Reading,
  management: string,
  unit: string,
  inUnit: ReadonlySet<string>,
): Promise<ListedAccount[]> {
  const { client, patiently, signal } = reading;
  const accounts = new Map<string, ListedAccount>();
  let token: string | undefined;
  do {
    const command = new ListAccountsCommand({ NextToken: token });
    const { Accounts = [], NextToken } = await patiently(() => client.send(command, { abortSignal: signal }));
    const others = Accounts.filter(({ Id }) => Id !== undefined && Id !== management);
    for (const account of await Promise.all(others.map((each) => listed(reading, each, unit, inUnit))))
      accounts.set(account.accountId, account);
    token = NextToken;
  } while (token);
  return [...accounts.values()];
}

async function listed(
  reading: Reading,
  { Id: accountId = '', Email: email = '', ...lifecycle }: Account,
  unit: string,
  inUnit: ReadonlySet<string>,
): Promise<ListedAccount> {
  const { client, patiently, signal } = reading;
  const [owner, parentId] = await Promise.all([
    patiently(() => ownerOf(client, accountId, signal)).catch(unlessGone),
    inUnit.has(accountId) ? unit : parentOf(reading, accountId),
  ]);
  return { accountId, email, state: stateOf(lifecycle), parentId, owner };
}

async function parentOf({ client, patiently, signal }: Reading, accountId: string): Promise<string | undefined> {
  const command = new ListParentsCommand({ ChildId: accountId });
  const answer = await patiently(() => client.send(command, { abortSignal: signal })).catch(unlessGone);
  return answer?.Parents?.[0]?.Id;
}

/** An account may leave the organization while its list is read. */
function unlessGone(error: unknown): undefined {
  if (!['ChildNotFound', 'TargetNotFound', 'AccountNotFound'].includes(classify(error).code)) throw error;
}

function unreadable(error: unknown): string {
  const call = callOf(error);
  if (call) return `${call.operation} was answered with ${call.error} (request ${call.requestId})`;
  return errorText(error);
}
