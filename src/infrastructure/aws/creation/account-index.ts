/** Finds an account by its root e-mail: AWS lists accounts without a filter, so one index per payer is kept and renewed. */
import {
  type OrganizationsClient,
  paginateListTagsForResource,
  TagResourceCommand,
} from '@aws-sdk/client-organizations';
import type { Attempt } from '../../../application/ports/attempts.js';
import type { AwsAccess } from '../calls/clients.js';
import { type IndexedAccount, openAccountList, type Round } from './account-list.js';

export type { IndexedAccount } from './account-list.js';

export interface AccountIndex {
  /**
   * Looks up a root e-mail among a payer's accounts. One that was seen costs no call. A miss rests on one round through the
   * whole list, which costs each page once (the first one again when places have shifted meanwhile). Rejects with AWS's
   * error when a page cannot be read. All look-ups share one round at a time: whoever comes next goes on where it stands.
   */
  find(payerId: string, email: string, attempt: Attempt): Promise<IndexedAccount | Missing>;
}

/** The account is not in the list as it was at this time or later; milliseconds. It may be in the list of today. */
export interface Missing {
  readonly missingAsOf: number;
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
  /** When the latest round began that is complete. */
  let wholeAsOf = Number.NEGATIVE_INFINITY;
  let open: OpenRound | undefined;

  /** Answers with the round that the next page belongs to, and whether it completes it. */
  async function readOn(now: number, signal: AbortSignal): Promise<OpenRound & { readonly complete: boolean }> {
    open ??= { isComplete: list.round(), asOf: now };
    const round = open;
    const complete = round.isComplete(await list.readPage(signal));
    if (complete && open === round) open = undefined;
    if (complete) wholeAsOf = Math.max(wholeAsOf, round.asOf);
    return { ...round, complete };
  }

  return async (email: string, { now, signal }: Attempt): Promise<IndexedAccount | Missing> => {
    const known = list.byEmail.get(email);
    if (known) return known;
    if (now - wholeAsOf < readAtMostEveryMs) return { missingAsOf: wholeAsOf };
    for (;;) {
      const { asOf, complete } = await readOn(now, signal);
      const found = list.byEmail.get(email);
      if (found) return found;
      if (complete) return { missingAsOf: asOf };
    }
  };
}

/** A round that is under way, since a time in milliseconds. */
interface OpenRound {
  readonly isComplete: Round;
  readonly asOf: number;
}

/** The provider id in an account's owner tag. Source: Organizations API, ListTagsForResource. */
export async function ownerOf(
  client: OrganizationsClient,
  accountId: string,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
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
