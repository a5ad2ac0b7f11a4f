/** Whether the user that was handed over has enrolled an MFA device: noticed once, and again after a reset. */
import type { MfaEnrolled } from './credential-events.js';
import type { MfaDevice } from './mfa-device.js';
import { type Moving, type Provider, underneath } from './stages.js';

type Active = Extract<Moving, { stage: 'active' }>;

/** The generation of credentials with which no device has been seen yet; `undefined` where there is nothing to look for. */
export function generationWithoutDevice(provider: Provider): number | undefined {
  const known = underneath(provider);
  if (known.stage !== 'active' || known.secondFactor !== 'not-seen') return undefined;
  // Until the new password is issued, devices that are to be taken off may still be there.
  return known.credentials.state === 'reissuing' ? undefined : known.credentials.generation;
}

/** The fact that a device was seen, where it is news of this generation of credentials. */
export const deviceSeen = (device: MfaDevice, generation: number, provider: Provider): MfaEnrolled[] =>
  generationWithoutDevice(provider) === generation ? [{ type: 'MfaEnrolled', generation, device }] : [];

/** The provider after that fact, or `undefined` when it does not fit. Nothing is owed for it, so its pace stays. */
export function evolveSecondFactor(provider: Provider, { device }: MfaEnrolled): Provider | undefined {
  const after = (active: Active): Active => ({ ...active, secondFactor: device });
  if (provider.stage === 'active') return after(provider);
  if (provider.stage === 'halted' && provider.from.stage === 'active')
    return { ...provider, from: after(provider.from) };
  return undefined;
}
