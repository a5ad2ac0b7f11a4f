/** What the health calls answer with; the composition root says what is checked. */

/**
 * One thing the service needs; `detail` says what is wrong with it, without secrets or addresses. One that is `ok` with a
 * detail is degraded: it takes nothing out of service.
 */
export interface Check {
  readonly ok: boolean;
  readonly detail?: string;
}

export interface Health {
  /** That the process runs; facts such as its version. */
  live(): Readonly<Record<string, unknown>>;
  /** Whether requests can be served now, how each thing they need stands, and how far this process is behind the log. */
  ready(): Promise<{
    readonly ok: boolean;
    readonly checks: Readonly<Record<string, Check>>;
    readonly lagSeconds: number;
  }>;
}
