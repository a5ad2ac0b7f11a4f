/** Finds an account by its root e-mail: AWS lists accounts without a filter, so one index per payer is kept and renewed. */
import { paginateListTagsForResource, TagResourceCommand } from '@aws-sdk/client-organizations';
import type { Attempt } from '../../application/steps.js';
import { type ListedAccount, openAccountList } from './account-list.js';
import type { AwsAccess } from './clients.js';

export type { ListedAccount } from './account-list.js';

export interface AccountIndex {
  /**
   * Looks up a root e-mail among a payer's accounts. One that was seen costs no call. A miss rests on the whole list as it
   * was after the look-up began, or at most a few seconds before; that costs each page of the list once (the first one
   * again when places have shifted meanwhile), and look-ups at the same time share the pages. Rejects with AWS's error
   * when a page cannot be read; all that was read is kept, and the next look-up goes on at that page.
   */
  find(payerId: string, email: string, attempt: Attempt): Promise<ListedAccount | undefined>;
}

/** The tag that says which provider an account belongs to. */
export const ownerTag = 'partner-cloud:provider';

const readAtMostEveryMs = 5_000;

/** Opens the indexes; they fill when first asked. They hold an entry for each account, which AWS's own quota bounds. */
export function openAccountIndex(access: AwsAccess): AccountIndex {
  const payers = new Map<string, ReturnType<typeof openPayerIndex>>();
  return {
    find(payerId, email, attempt) {
      const index = payers.get(payerId) ?? openPayerIndex(access, payerId);
      payers.set(payerId, index);
      return index(email.toLowerCase(), attempt);
    },
  };
}

function openPayerIndex(access: AwsAccess, payerId: string) {
  const list = openAccountList(access, payerId);
  /** When the latest look-up began that had to read the whole list. */
  let wholeAsOf = Number.NEGATIVE_INFINITY;
  return async (email: string, { now, signal }: Attempt): Promise<ListedAccount | undefined> => {
    const known = list.byEmail.get(email);
    if (known || now - wholeAsOf < readAtMostEveryMs) return known;
    const round = list.round();
    for (let complete = false; !complete; ) {
      complete = round(await list.readPage(signal));
      const found = list.byEmail.get(email);
      if (found) return found;
    }
    wholeAsOf = Math.max(wholeAsOf, now);
    return undefined;
  };
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
