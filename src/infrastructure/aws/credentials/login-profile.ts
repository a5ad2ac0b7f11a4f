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

/** The vault's name of an administrator's temporary password, without its generation. */
export const secretName = (providerId: string): string => `credentials/${providerId}`;

/** `temporary`: must be changed at the next sign-in; `chosen`: the customer has changed it; `none`: no password. */
export type PasswordState = 'temporary' | 'chosen' | 'none';

/**
 * Sets the first password. That there is one already is success, because every worker sends the vault's value.
 * Source: IAM API, CreateLoginProfile; design §4.
 */
export async function createPassword(iam: IAMClient, Password: string, abortSignal: AbortSignal): Promise<void> {
  const command = new CreateLoginProfileCommand({ UserName, Password, PasswordResetRequired: true });
  await succeeds(iam.send(command, { abortSignal }), 'EntityAlreadyExists');
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
