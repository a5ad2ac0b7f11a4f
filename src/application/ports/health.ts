/** What a part of the program says about its own health, for readiness and metrics. */

export interface HealthSource {
  /** The part, such as `identity-provider`. */
  readonly name: string;
  /** Why the part works less well than it should while requests are still served, without secrets or addresses; `undefined` when it works. */
  degraded(): string | undefined;
  /** Why the part keeps this process out of service; `undefined`, or absent, when it does not. */
  failing?(): string | undefined;
}
