/** Finds an account by its root e-mail: AWS lists accounts without a filter, so one index per payer is kept and renewed. */
import {
  type Account,
  paginateListAccounts,
  paginateListTagsForResource,
  TagResourceCommand,
} from '@aws-sdk/client-organizations';
import type { Attempt } from '../../application/steps.js';
import type { AwsAccess } from './clients.js';

export interface ListedAccount {
  readonly accountId: string;
  /** Milliseconds since the epoch. */
  readonly joinedAt: number;
}

export interface AccountIndex {
  /** Looks up a root e-mail among a payer's accounts; a miss reads the list anew, at most every few seconds. */
  find(payerId: string, email: string, attempt: Attempt): Promise<ListedAccount | undefined>;
}

interface PayerIndex {
  readonly byEmail: Map<string, ListedAccount>;
  readAt: number;
  reading: Promise<void> | undefined;
}

/** The tag that says which provider an account belongs to. */
export const ownerTag = 'partner-cloud:provider';

const readAtMostEveryMs = 5_000;

/** Opens the indexes; they fill when first asked. Source: Organizations API, ListAccounts. */
export function openAccountIndex(access: AwsAccess): AccountIndex {
  const payers = new Map<string, PayerIndex>();
  const indexOf = (payerId: string): PayerIndex => {
    const index = payers.get(payerId) ?? { byEmail: new Map(), readAt: Number.NEGATIVE_INFINITY, reading: undefined };
    payers.set(payerId, index);
    return index;
  };
  return {
    async find(payerId, email, attempt) {
      const index = indexOf(payerId);
      const known = index.byEmail.get(email.toLowerCase());
      if (known || attempt.now - index.readAt < readAtMostEveryMs) return known;
      index.reading ??= readAccounts(access, payerId, index, attempt).finally(() => {
        index.reading = undefined;
      });
      await index.reading;
      return index.byEmail.get(email.toLowerCase());
    },
  };
}

async function readAccounts(access: AwsAccess, payerId: string, index: PayerIndex, attempt: Attempt): Promise<void> {
  const { organizations: client } = access.payer(payerId);
  const options = { abortSignal: attempt.signal };
  for await (const { Accounts = [] } of paginateListAccounts({ client }, {}, options))
    for (const account of Accounts) note(index, account);
  index.readAt = attempt.now;
}

function note(index: PayerIndex, account: Account): void {
  const { Id: accountId, Email: email, JoinedTimestamp: joined } = account;
  if (!accountId || !email) return;
  index.byEmail.set(email.toLowerCase(), { accountId, joinedAt: joined?.getTime() ?? 0 });
}

/** The provider id in an account's owner tag. Source: Organizations API, ListTagsForResource. */
export async function ownerOf(
  access: AwsAccess,
  payerId: string,
  accountId: string,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  const { organizations: client } = access.payer(payerId);
  for await (const { Tags = [] } of paginateListTagsForResource(
    { client },
    { ResourceId: accountId },
    { abortSignal },
  )) {
    const tag = Tags.find(({ Key }) => Key === ownerTag);
    if (tag) return tag.Value;
  }
  return undefined;
}

/** Writes the owner tag. Source: Organizations API, TagResource. */
export async function tagOwner(
  access: AwsAccess,
  { payerId, accountId, providerId }: { payerId: string; accountId: string; providerId: string },
  abortSignal: AbortSignal,
): Promise<void> {
  const Tags = [{ Key: ownerTag, Value: providerId }];
  await access.payer(payerId).organizations.send(new TagResourceCommand({ ResourceId: accountId, Tags }), {
    abortSignal,
  });
}
