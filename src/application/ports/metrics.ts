/**
 * Where the program reports what it counts and measures. Labels take few values, all known beforehand: never the id of an
 * organization, a person, a provider or an account, and never a secret.
 */

/** What is counted, by name, with the names of its labels. */
export interface Counters {
  readonly partner_cloud_http_refused_total: 'reason';
  readonly partner_cloud_refusals_not_recorded_total: 'kind';
  readonly partner_cloud_aws_calls_total: 'service' | 'operation' | 'outcome';
  readonly partner_cloud_log_flaws_total: never;
  readonly partner_cloud_vault_failures_total: 'operation';
  readonly partner_cloud_webhook_deliveries_total: 'outcome';
  readonly partner_cloud_notices_total: 'outcome';
}

/** What is measured in seconds. */
export interface Durations {
  readonly partner_cloud_http_request_seconds: 'method' | 'route' | 'status';
  readonly partner_cloud_aws_call_seconds: 'service';
  readonly partner_cloud_log_append_seconds: 'outcome';
  readonly partner_cloud_command_seconds: 'command' | 'outcome';
  readonly partner_cloud_step_seconds: 'step' | 'outcome';
  readonly partner_cloud_webhook_delivery_seconds: 'outcome';
}

export type Labels<Name extends string> = Readonly<Record<Name, string>>;

export interface Metrics {
  count<N extends keyof Counters>(name: N, labels: Labels<Counters[N]>): void;
  measure<N extends keyof Durations>(name: N, labels: Labels<Durations[N]>, seconds: number): void;
}
