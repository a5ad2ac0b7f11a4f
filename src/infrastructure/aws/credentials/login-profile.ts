/** The console password of the administrator's IAM user: made, replaced, looked at, taken away. */
import {
  CreateLoginProfileCommand,
  DeleteLoginProfileCommand,
  GetLoginProfileCommand,
  type IAMClient,
  UpdateLoginProfileCommand,
} from '@aws-sdk/client-iam';
import { administratorUserName as UserName } from '../../../domain/baseline/names.js';
import { classify, succeeds } from '../calls/errors.js';
import { nameTaken } from '../calls/name-taken.js';

/** The vault's name of an administrator's temporary password, without its generation. */
export const secretName = (providerId: string): string => `credentials/${providerId}`;

/** `temporary`: must be changed at the next sign-in; `chosen`: the customer has changed it; `none`: no password. */
export type PasswordState = 'temporary' | 'chosen' | 'none';

/**
 * Sets the first password, before anybody was handed one. That there is one already is success where it must be changed at
 * the sign-in, because every worker sends the vault's value so; any other was set by somebody else, and would look as if the
 * customer had claimed it. Source: IAM API, CreateLoginProfile, PasswordResetRequired; design §4.
 */
export async function createFirstPassword(iam: IAMClient, password: string, abortSignal: AbortSignal): Promise<void> {
  const made = await createPassword(iam, password, abortSignal);
  if (made === 'temporary' || (made === 'exists' && (await passwordState(iam, abortSignal)) !== 'chosen')) return;
  const what = `A console password of the user ${UserName} exists that need not be changed at the sign-in`;
  throw nameTaken(what, made === 'exists' ? 'GetLoginProfile' : 'CreateLoginProfile', { UserName });
}

/**
 * Sets a password where there is none; one that `exists` is left as it is. `lasting` is one that need not be changed, which
 * AWS answers with where it does not take the flag. Source: IAM API, CreateLoginProfile.
 */
export async function createPassword(
  iam: IAMClient,
  Password: string,
  abortSignal: AbortSignal,
): Promise<'temporary' | 'lasting' | 'exists'> {
  const command = new CreateLoginProfileCommand({ UserName, Password, PasswordResetRequired: true });
  try {
    const { LoginProfile } = await iam.send(command, { abortSignal });
    return LoginProfile?.PasswordResetRequired === false ? 'lasting' : 'temporary';
  } catch (error) {
    if (classify(error).code === 'EntityAlreadyExists') return 'exists';
    throw error;
  }
}

/** Replaces the password, or sets it where there is none. For reissue alone. Source: IAM API, UpdateLoginProfile. */
export async function replacePassword(iam: IAMClient, Password: string, abortSignal: AbortSignal): Promise<void> {
  const command = new UpdateLoginProfileCommand({ UserName, Password, PasswordResetRequired: true });
  const replaced = await succeeds(iam.send(command, { abortSignal }), 'NoSuchEntity');
  if (!replaced) await createPassword(iam, Password, abortSignal);
}

/** Source: IAM API, GetLoginProfile, PasswordResetRequired. */
export async function passwordState(iam: IAMClient, abortSignal: AbortSignal): Promise<PasswordState> {
  try {
    const { LoginProfile: profile } = await iam.send(new GetLoginProfileCommand({ UserName }), { abortSignal });
    return profile?.PasswordResetRequired ? 'temporary' : 'chosen';
  } catch (error) {
    if (classify(error).code === 'NoSuchEntity') return 'none';
    throw error;
  }
}

/** Takes the password away; that there is none is success. Source: IAM API, DeleteLoginProfile. */
export async function deletePassword(iam: IAMClient, abortSignal: AbortSignal): Promise<void> {
  await succeeds(iam.send(new DeleteLoginProfileCommand({ UserName }), { abortSignal }), 'NoSuchEntity');
}
