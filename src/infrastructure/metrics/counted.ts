/** What the program counts and measures as it goes: each with what it means and its labels, in the order in which they are shown. */
import type { Counters, Durations } from '../../application/ports/metrics.js';

interface Counted<Label> {
  readonly help: string;
  readonly labels: readonly Label[];
}

export const counters: { readonly [N in keyof Counters]: Counted<Counters[N]> } = {
  partner_cloud_http_refused_total: {
    help: 'Requests answered with a problem, by its type.',
    labels: ['reason'],
  },
  partner_cloud_refusals_not_recorded_total: {
    help: 'Refusals that added nothing to the log, because the same or enough others are on record.',
    labels: ['kind'],
  },
  partner_cloud_aws_calls_total: {
    help: 'Calls to AWS by what came of them; resting: not sent, because AWS asked for less.',
    labels: ['service', 'operation', 'outcome'],
  },
  partner_cloud_log_flaws_total: {
    help: 'Reads of an event whose hash, or that of the one before it, is not what was recorded.',
    labels: [],
  },
  partner_cloud_vault_failures_total: {
    help: 'Uses of the vault that failed.',
    labels: ['operation'],
  },
  partner_cloud_webhook_deliveries_total: {
    help: 'Requests to receivers of webhooks: delivered, refused by another status than 2xx, or failed without an answer.',
    labels: ['outcome'],
  },
  partner_cloud_notices_total: {
    help: 'Notices to people by topics of SNS, delivered to AWS or failed.',
    labels: ['outcome'],
  },
};

interface Measured<Label> extends Counted<Label> {
  /** Upper bounds in seconds. */
  readonly buckets: readonly number[];
}

const seldomSlow = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const overTheNetwork = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export const durations: { readonly [N in keyof Durations]: Measured<Durations[N]> } = {
  partner_cloud_http_request_seconds: {
    help: 'Time from a request to the end of its answer.',
    labels: ['method', 'route', 'status'],
    buckets: seldomSlow,
  },
  partner_cloud_aws_call_seconds: {
    help: 'Time that calls to AWS took, with the repeats of the SDK.',
    labels: ['service'],
    buckets: overTheNetwork,
  },
  partner_cloud_log_append_seconds: {
    help: 'Time from an append to the answer of the log, with the wait for its turn.',
    labels: ['outcome'],
    buckets: seldomSlow,
  },
  partner_cloud_command_seconds: {
    help: 'Time that commands took, by what came of them: done, or the type of the problem.',
    labels: ['command', 'outcome'],
    buckets: seldomSlow,
  },
  partner_cloud_webhook_delivery_seconds: {
    help: 'Time that requests to receivers of webhooks took.',
    labels: ['outcome'],
    buckets: overTheNetwork,
  },
  partner_cloud_step_seconds: {
    help: 'Time of one try at an owed step, by what came of it: the type of the fact, or later, delayed, failed, stopped.',
    labels: ['step', 'outcome'],
    buckets: overTheNetwork,
  },
};
