/** The codes of virtual MFA devices, which follow from a secret and the time. */
import { createHmac } from 'node:crypto';

/** The letters of Base32, each for five bits. Source: RFC 4648. */
export const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Whether a code is one of the present, give or take two steps, as clocks differ. */
export const isCurrent = (seed: string, code: string, now: number): boolean =>
  [-2, -1, 0, 1, 2].some((offset) => codeAt(seed, Math.floor(now / 30_000) + offset) === code);

/** Two codes one step apart and near the present. A code counts for two steps either way, as clocks differ. */
export function areConsecutive(seed: string, first: string, second: string, now: number): boolean {
  const present = Math.floor(now / 30_000);
  return [-2, -1, 0, 1].some((offset) => {
    return codeAt(seed, present + offset) === first && codeAt(seed, present + offset + 1) === second;
  });
}

/** The six digits of one step of 30 seconds. Source: RFC 6238 and RFC 4226, §5.3, with SHA-1. */
export function codeAt(seed: string, step: number): string {
  const bits = [...seed].map((letter) => base32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', key).update(counter).digest();
  const at = digest.readUInt8(digest.length - 1) & 0x0f;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
