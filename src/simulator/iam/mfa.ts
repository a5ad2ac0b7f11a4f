/** Virtual MFA devices: their secret, and the two consecutive codes that prove a person has it. */
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { kinds, type MfaDeviceDocument } from './documents.js';
import { existing } from './entities.js';
import { alreadyExists, deleteConflict, limitExceeded, noSuchEntity } from './errors.js';
import { name, optionalWord, path, text } from './input.js';
import { page } from './pages.js';
import { qrCodePng } from './qr-code.js';
import { areConsecutive, base32 } from './totp.js';
import { userNameOf } from './users.js';

/** Source: IAM User Guide, IAM and AWS STS quotas. */
const devicesPerUser = 8;

/** Source: IAM API, CreateVirtualMFADevice, EnableMFADevice, ListMFADevices and their siblings. */
export const mfaOperations: Operations = {
  CreateVirtualMFADevice(call) {
    const where = path(call);
    const deviceName = name(call, 'VirtualMFADeviceName');
    const serialNumber = `arn:aws:iam::${call.account}:mfa${where}${deviceName}`;
    if (find(call, serialNumber)) throw alreadyExists('MFADevice entity at the same path and name already exists.');
    const seed = [...call.uniqueId(64)].map((character) => base32[character.charCodeAt(0) % 32]).join('');
    keep(call, { serialNumber, path: where, seed, userName: null, enabledAt: null });
    // Source: IAM API, VirtualMFADevice, QRCodePNG: what an authenticator app reads in the picture.
    const picture = qrCodePng(`otpauth://totp/${deviceName}@${call.account}?secret=${seed}`);
    // The seed's bytes are the ASCII of its Base32 text.
    const secrets = { Base32StringSeed: Buffer.from(seed).toString('base64'), QRCodePNG: picture.toString('base64') };
    return { VirtualMFADevice: { SerialNumber: serialNumber, ...secrets } };
  },
  EnableMFADevice(call) {
    const user = existing(call, 'user', text(call, 'UserName'));
    const device = found(call);
    if (device.userName !== null) throw alreadyExists('Device with serial number is already in use.');
    const owned = all(call).filter(({ userName }) => userName === user.userName);
    if (owned.length >= devicesPerUser)
      throw limitExceeded(`Cannot exceed quota for MFADevicesPerUser: ${devicesPerUser}`);
    if (!areConsecutive(device.seed, text(call, 'AuthenticationCode1'), text(call, 'AuthenticationCode2'), call.now)) {
      throw new AwsError('InvalidAuthenticationCode', 403, 'MFA device authentication code is not valid.');
    }
    keep(call, { ...device, userName: user.userName, enabledAt: call.now });
    return {};
  },
  ListMFADevices(call) {
    const { userName } = existing(call, 'user', userNameOf(call));
    const devices = all(call).filter((device) => device.userName === userName);
    return page(call, 'MFADevices', devices.map(described));
  },
  ListVirtualMFADevices(call) {
    const status = optionalWord(call, 'AssignmentStatus', ['Assigned', 'Unassigned', 'Any']) ?? 'Any';
    const devices = all(call).filter(
      ({ userName }) => status === 'Any' || (status === 'Assigned') === (userName !== null),
    );
    return page(
      call,
      'VirtualMFADevices',
      devices.map(({ serialNumber }) => ({ SerialNumber: serialNumber })),
    );
  },
  DeactivateMFADevice(call) {
    const device = found(call);
    if (device.userName !== userNameOf(call)) throw noSuchEntity('MFA device is not enabled for this user.');
    keep(call, { ...device, userName: null, enabledAt: null });
    return {};
  },
  DeleteVirtualMFADevice(call) {
    const device = found(call);
    if (device.userName !== null) throw deleteConflict('Cannot delete entity, must deactivate the MFA device first.');
    call.documents.remove(kinds.mfaDevice, call.account, device.serialNumber);
    return {};
  },
};

const all = ({ documents, account }: Call): readonly MfaDeviceDocument[] =>
  documents.list<MfaDeviceDocument>(kinds.mfaDevice, account);
const find = ({ documents, account }: Call, serialNumber: string): MfaDeviceDocument | undefined =>
  documents.get<MfaDeviceDocument>(kinds.mfaDevice, account, serialNumber);
const keep = (call: Call, device: MfaDeviceDocument): void =>
  call.documents.put(kinds.mfaDevice, call.account, device.serialNumber, device);

function found(call: Call): MfaDeviceDocument {
  const serialNumber = text(call, 'SerialNumber');
  const device = find(call, serialNumber);
  if (device) return device;
  throw noSuchEntity(`VirtualMFADevice with serial number ${serialNumber} does not exist.`);
}

const described = ({ userName, serialNumber, enabledAt }: MfaDeviceDocument) => ({
  UserName: userName,
  SerialNumber: serialNumber,
  EnableDate: new Date(enabledAt ?? 0),
});
