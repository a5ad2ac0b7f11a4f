/** A payer's list of accounts, read round and round: a reading that stops goes on where it was, and never starts over. */
import { type Account, ListAccountsCommand, type ListAccountsCommandOutput } from '@aws-sdk/client-organizations';
import type { AwsAccess } from '../calls/clients.js';
import { classify } from '../calls/errors.js';

export interface IndexedAccount {
  readonly accountId: string;
  /** Milliseconds since the epoch. */
  readonly joinedAt: number;
}

export interface AccountPage {
  readonly accounts: readonly Account[];
  /** How often the end of the list had been reached before. */
  readonly lap: number;
  /** Whether the list ends here. */
  readonly ends: boolean;
}

/** Says, told of every page from its beginning on, whether with this one the whole list has been read. */
export type Round = (page: AccountPage) => boolean;

export interface AccountList {
  /** Every account seen so far, by its e-mail in lower case. */
  readonly byEmail: ReadonlyMap<string, IndexedAccount>;
  /** Begins a round through the whole list, from where the reading stands. */
  round(): Round;
  /** Reads the next page, or waits for the one that is being read. Rejects with AWS's error and stays where it was. */
  readPage(signal: AbortSignal): Promise<AccountPage>;
}

/** Where the reading stands. */
interface Cursor {
  /** How often the end of the list was reached. */
  laps: number;
  /** AWS's token of the next page; `undefined` at the start of the list. */
  token: string | undefined;
  /** The last account seen in this lap: tokens are AWS's own and may differ for the same page, an account does not. */
  last: string | undefined;
}

/**
 * Opens the list; nothing is read yet. AWS promises no order of accounts, so that a new one may be anywhere and only a
 * whole round proves that one is missing; the order is taken to stay the same from page to page.
 * Source: Organizations API, ListAccounts (no filter, pages of at most 20, an empty page may have a NextToken).
 */
export function openAccountList(access: AwsAccess, payerId: string): AccountList {
  const byEmail = new Map<string, IndexedAccount>();
  const cursor: Cursor = { laps: 0, token: undefined, last: undefined };
  let reading: Promise<AccountPage> | undefined;

  async function read(signal: AbortSignal): Promise<AccountPage> {
    const { Accounts = [], NextToken } = await pageAt(access, payerId, cursor, signal);
    for (const account of Accounts) addTo(byEmail, account);
    const page = { accounts: Accounts, lap: cursor.laps, ends: !NextToken };
    cursor.token = NextToken;
    cursor.last = NextToken ? (Accounts.at(-1)?.Id ?? cursor.last) : undefined;
    if (page.ends) cursor.laps += 1;
    return page;
  }

  return {
    byEmail,
    round: () => roundFrom({ ...cursor }),
    readPage(signal) {
      reading ??= read(signal).finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
}

/** From the start of the list a round takes one lap; from within, the rest of this lap and the next up to the same account. */
function roundFrom({ laps, token, last }: Cursor): Round {
  if (token === undefined) return ({ ends }) => ends;
  return ({ lap, ends, accounts }) => lap > laps && (ends || accounts.some(({ Id }) => Id === last));
}

/** The page at the place; a token that AWS does not know any more means the start of the list. */
async function pageAt(
  access: AwsAccess,
  payerId: string,
  cursor: Cursor,
  abortSignal: AbortSignal,
): Promise<ListAccountsCommandOutput> {
  const { organizations } = access.payer(payerId);
  const list = (NextToken?: string) => organizations.send(new ListAccountsCommand({ NextToken }), { abortSignal });
  try {
    return await list(cursor.token);
  } catch (error) {
    if (cursor.token === undefined || classify(error).reason !== 'INVALID_NEXT_TOKEN') throw error;
    cursor.last = undefined;
    return list();
  }
}

function addTo(byEmail: Map<string, IndexedAccount>, account: Account): void {
  const { Id: accountId, Email: email, JoinedTimestamp: joined } = account;
  if (!accountId || !email) return;
  byEmail.set(email.toLowerCase(), { accountId, joinedAt: joined?.getTime() ?? 0 });
}
