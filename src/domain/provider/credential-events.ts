/** What can happen to the credentials of a provider, as stored for ever. */
import type { MfaDevice } from './mfa-device.js';

export type CredentialsIssued = {
  readonly type: 'CredentialsIssued';
  readonly generation: number;
  readonly userName: string;
  readonly loginUrl: string;
  readonly expiresAt: string;
  /** Where the vault keeps the temporary password: `<name>#<generation>`. */
  readonly secret: string;
};
export type CredentialsClaimed = { readonly type: 'CredentialsClaimed'; readonly generation: number };
export type CredentialsExpired = { readonly type: 'CredentialsExpired'; readonly generation: number };
/** An administrator asked for new credentials; they are handed out as this generation. */
export type CredentialsReissued = {
  readonly type: 'CredentialsReissued';
  readonly generation: number;
  readonly resetMfa: boolean;
};

/** The user that was handed over has an MFA device; noticed once, and again after a reset. */
export type MfaEnrolled = {
  readonly type: 'MfaEnrolled';
  /** Of the credentials in force when it was seen. */
  readonly generation: number;
  /** Of what kind the device is, never its name or number. */
  readonly device: MfaDevice;
};

export type CredentialEvent =
  | CredentialsIssued
  | CredentialsClaimed
  | CredentialsExpired
  | CredentialsReissued
  | MfaEnrolled;
