/** Whether root of an account can sign in at all, as IAM counts its credentials. */
import { rootProbeOf } from '../../../domain/provider/root-state.js';

/** What root can sign in with. Source: IAM API, GetAccountSummary. */
const rootCredentials = {
  AccountPasswordPresent: 'a password',
  AccountAccessKeysPresent: 'access keys',
  AccountSigningCertificatesPresent: 'signing certificates',
  AccountMFAEnabled: 'an MFA device',
} as const;

type Counts = Readonly<Record<string, number>>;

/** What root has, in words; a count that AWS does not tell counts as there. */
export const rootCredentialsIn = (counts: Counts = {}): readonly string[] =>
  Object.entries(rootCredentials).flatMap(([key, what]) => (counts[key] === 0 ? [] : [what]));

/** `rootless`, or what root has: an account without credentials of root has nothing of it to protect or to hand over. */
export const rootProbe = (counts?: Counts): string => rootProbeOf(rootCredentialsIn(counts));
