/** A virtual MFA device as a person has one: a seed, and the codes that follow from it. */
import { createHmac } from 'node:crypto';
import { CreateVirtualMFADeviceCommand, EnableMFADeviceCommand, type IAMClient } from '@aws-sdk/client-iam';

const stepSeconds = 30;

/** A device that is in use: its serial number, and the code that it shows now. */
export interface EnrolledDevice {
  readonly SerialNumber: string;
  readonly code: () => string;
}

/** Enrols a device named after the administrator, with the codes of the step before and of this one. */
export async function enrolMfa(iam: IAMClient, now = Date.now()): Promise<EnrolledDevice> {
  const UserName = 'administrator';
  const made = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: UserName }));
  const { SerialNumber = '', Base32StringSeed } = made.VirtualMFADevice ?? {};
  // The bytes are the ASCII of the Base32 text. Source: aws-facts §3.2.
  const secret = base32(Buffer.from(Base32StringSeed ?? []).toString('ascii'));
  const step = stepAt(now);
  const [AuthenticationCode1, AuthenticationCode2] = [codeAt(secret, step - 1), codeAt(secret, step)];
  await iam.send(new EnableMFADeviceCommand({ UserName, SerialNumber, AuthenticationCode1, AuthenticationCode2 }));
  return { SerialNumber, code: () => codeAt(secret, stepAt(Date.now())) };
}

const stepAt = (now: number): number => Math.floor(now / 1000 / stepSeconds);

/** The six digits of a step. Source: RFC 6238 with SHA-1. */
function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Source: RFC 4648. */
function base32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
