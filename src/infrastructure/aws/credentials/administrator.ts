/** The administrator's IAM user, for whom a password is issued: there, in its group, and without old MFA devices when asked. */
import {
  AddUserToGroupCommand,
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  GetUserCommand,
  type IAMClient,
  paginateListMFADevices,
  type User,
} from '@aws-sdk/client-iam';
import { administratorsGroup, administratorUserName as UserName } from '../../../domain/baseline/names.js';
import { classify, succeeds } from '../calls/errors.js';
import { atRootPath } from '../calls/name-taken.js';
import { isMember } from '../calls/user-groups.js';

interface Issued {
  readonly prefix: string;
  /** 1 at the first issue, one more with each reissue. */
  readonly generation: number;
}

/**
 * Makes sure that there is a user to give a password to, and that the group binds it. The baseline makes both; this is for an
 * account whose baseline is older than that, and for a user that was deleted before its password is issued again.
 * Safe to repeat. Source: IAM API, GetUser, CreateUser, AddUserToGroup (which adds a member once).
 * Throws where the user that is there at the first issue was not made by us. Afterwards it is ours wherever it has been moved
 * to, and re-hardening moves it back.
 */
export async function ensureAdministrator(
  iam: IAMClient,
  { prefix, generation }: Issued,
  abortSignal: AbortSignal,
): Promise<void> {
  const GroupName = administratorsGroup(prefix);
  const [user, isIn] = await Promise.all([
    found(iam, abortSignal),
    isMember(iam, { user: UserName, group: GroupName }, { abortSignal }),
  ]);
  if (user && generation === 1) atRootPath('user', UserName, user.Path, 'GetUser');
  // One that exists although it was not seen is looked at when the step is tried again.
  if (!user) await iam.send(new CreateUserCommand({ UserName }), { abortSignal });
  if (!isIn) await iam.send(new AddUserToGroupCommand({ UserName, GroupName }), { abortSignal });
}

/** Source: IAM API, GetUser. */
async function found(iam: IAMClient, abortSignal: AbortSignal): Promise<User | undefined> {
  try {
    return (await iam.send(new GetUserCommand({ UserName }), { abortSignal })).User;
  } catch (error) {
    if (classify(error).code === 'NoSuchEntity') return undefined;
    throw error;
  }
}

/**
 * Takes every MFA device off the user, so that a new one can be enrolled. A virtual one is deleted as well, because its
 * name stays taken otherwise; the one of the user's own name also when an earlier try has taken it off already.
 * Source: IAM API, DeactivateMFADevice, DeleteVirtualMFADevice; aws-facts §3.2.
 */
export async function removeMfaDevices(client: IAMClient, accountId: string, abortSignal: AbortSignal): Promise<void> {
  const virtual = new Set([`arn:aws:iam::${accountId}:mfa/${UserName}`]);
  for await (const { MFADevices = [] } of paginateListMFADevices({ client }, { UserName }, { abortSignal }))
    for (const { SerialNumber } of MFADevices) {
      const deactivate = new DeactivateMFADeviceCommand({ UserName, SerialNumber });
      await succeeds(client.send(deactivate, { abortSignal }), 'NoSuchEntity');
      if (SerialNumber?.includes(':mfa/')) virtual.add(SerialNumber);
    }
  for (const SerialNumber of virtual) {
    const remove = new DeleteVirtualMFADeviceCommand({ SerialNumber });
    await succeeds(client.send(remove, { abortSignal }), 'NoSuchEntity');
  }
}
