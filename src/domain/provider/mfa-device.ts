/** What AWS tells of an MFA device by the form of its serial number; its name may be a person's and is told to nobody. */
export const mfaDevices = ['virtual', 'security-key', 'hardware'] as const;
export type MfaDevice = (typeof mfaDevices)[number];

/** The device of the user that was handed over, if one was noticed. */
export type SecondFactor = MfaDevice | 'not-seen';
