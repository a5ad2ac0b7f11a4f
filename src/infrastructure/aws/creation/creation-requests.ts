/** What AWS knows of our requests for an account: they carry no e-mail, so the account name is the only match. */
import {
  type CreateAccountState,
  type CreateAccountStatus,
  DescribeCreateAccountStatusCommand,
  type OrganizationsClient,
  paginateListCreateAccountStatus,
} from '@aws-sdk/client-organizations';
import { classify } from '../calls/errors.js';

/**
 * The requests for an account of this name, oldest first, in the given states or in all.
 * Source: Organizations API, ListCreateAccountStatus; the list may lag and forgets after a while.
 */
export async function requestsFor(
  client: OrganizationsClient,
  accountName: string,
  abortSignal: AbortSignal,
  States?: CreateAccountState[],
): Promise<readonly CreateAccountStatus[]> {
  const found: CreateAccountStatus[] = [];
  for await (const { CreateAccountStatuses = [] } of paginateListCreateAccountStatus(
    { client },
    { States },
    { abortSignal },
  ))
    found.push(...CreateAccountStatuses.filter((status) => status.AccountName === accountName));
  return found.sort((a, b) => requestedAt(a) - requestedAt(b));
}

/** One request by its `car-…` id, or nothing when AWS does not know it. Source: DescribeCreateAccountStatus. */
export async function requestById(
  client: OrganizationsClient,
  requestId: string,
  abortSignal: AbortSignal,
): Promise<CreateAccountStatus | undefined> {
  const command = new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: requestId });
  try {
    return (await client.send(command, { abortSignal })).CreateAccountStatus;
  } catch (error) {
    if (classify(error).code === 'CreateAccountStatusNotFound') return undefined;
    throw error;
  }
}

const requestedAt = ({ RequestedTimestamp: at }: CreateAccountStatus): number => at?.getTime() ?? 0;

/** When a request ended, or else when it was made; milliseconds, 0 when AWS does not say. */
export const endedAt = (status: CreateAccountStatus): number =>
  status.CompletedTimestamp?.getTime() ?? requestedAt(status);
