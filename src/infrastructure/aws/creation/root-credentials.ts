/** Whether root of an account can sign in at all, as IAM counts its credentials. */
import { rootProbeOf } from '../../../domain/provider/root-state.js';

/** What root can sign in with. Source: IAM API, GetAccountSummary. */
const rootCredentials = {
  AccountPasswordPresent: 'a password',
  AccountAccessKeysPresent: 'access keys',
  AccountSigningCertificatesPresent: 'signing certificates',
  AccountMFAEnabled: 'an MFA device',
} as const;

/** `rootless`, or what root has: an account without credentials of root has nothing of it to protect or to hand over. */
export function rootProbe(counts: Readonly<Record<string, number>> = {}): string {
  const present = Object.entries(rootCredentials).filter(([key]) => counts[key] !== 0);
  return rootProbeOf(present.map(([, what]) => what));
}
