/** In which groups of IAM a user is. */
import { type IAMClient, paginateListGroupsForUser } from '@aws-sdk/client-iam';
import { classify } from './errors.js';

/** Whether the user is there and in the group. Throws what else AWS answers. Source: IAM API, ListGroupsForUser. */
export async function isMember(
  client: IAMClient,
  { user: UserName, group }: { readonly user: string; readonly group: string },
  call: { readonly abortSignal: AbortSignal },
): Promise<boolean> {
  try {
    for await (const { Groups = [] } of paginateListGroupsForUser({ client }, { UserName }, call))
      if (Groups.some(({ GroupName }) => GroupName === group)) return true;
    return false;
  } catch (error) {
    if (classify(error).code === 'NoSuchEntity') return false;
    throw error;
  }
}
