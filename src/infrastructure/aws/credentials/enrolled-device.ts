/** Which kind of MFA device the administrator's user has. */
import { type IAMClient, ListMFADevicesCommand } from '@aws-sdk/client-iam';
import { administratorUserName as UserName } from '../../../domain/baseline/names.js';
import type { MfaDevice } from '../../../domain/provider/mfa-device.js';
import { classify } from '../calls/errors.js';

/**
 * The kind of a device that is enrolled; `undefined` for none, and where there is no such user. It only reads.
 * Source: IAM API, ListMFADevices: only devices that were enabled are listed; MFADevice, SerialNumber: an ARN of `mfa`
 * for an app, of `u2f` for a passkey or security key, a plain number for a hardware token.
 */
export async function enrolledDevice(iam: IAMClient, abortSignal: AbortSignal): Promise<MfaDevice | undefined> {
  try {
    const command = new ListMFADevicesCommand({ UserName, MaxItems: 1 });
    const { MFADevices: [device] = [] } = await iam.send(command, { abortSignal });
    return device?.SerialNumber === undefined ? undefined : kindOf(device.SerialNumber);
  } catch (error) {
    if (classify(error).code === 'NoSuchEntity') return undefined;
    throw error;
  }
}

function kindOf(serialNumber: string): MfaDevice {
  const [, type] = /^arn:[^:]*:iam::\d*:([a-z0-9-]+)\//.exec(serialNumber) ?? [];
  if (type === undefined) return 'hardware';
  return type === 'u2f' ? 'security-key' : 'virtual';
}
