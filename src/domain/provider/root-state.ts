/** Whether root of an account can sign in at all, as the probes of its readiness and later looks have found. */

/** The probe of an account whose root has no credentials. */
const rootlessProbe = 'rootless';
const rootHas = 'root has ';

/** `not-probed`: the account became ready before root was looked at; `regained`: root had no credentials once, and has some. */
export type RootState = 'rootless' | 'has-credentials' | 'regained' | 'not-probed';

/** The probe of root, by what it can sign in with. */
export const rootProbeOf = (present: readonly string[]): string =>
  present.length === 0 ? rootlessProbe : rootHas + present.join(', ');

/** What the probes of an account say of its root. */
export function rootStateOf(probes: readonly string[]): RootState {
  if (probes.includes(rootlessProbe)) return 'rootless';
  return probes.some((probe) => probe.startsWith(rootHas)) ? 'has-credentials' : 'not-probed';
}

/** The state once root was seen with these credentials. */
export function rootStateAfter(root: RootState, credentials: readonly string[]): RootState {
  if (credentials.length === 0) return 'rootless';
  return root === 'rootless' || root === 'regained' ? 'regained' : 'has-credentials';
}
