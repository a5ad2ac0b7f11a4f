/** Tracing, where the environment names a collector for it. */
import type { Log } from '../../application/ports/log.js';
import { startExporter, type Tracing } from '../../infrastructure/tracing/exporter.js';
import { InvalidArguments } from './start-options.js';

const variables = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'] as const;

/** May hold a password, which is not for the log that the refusal ends in. */
const userInfo = /^([a-z]+:\/\/)?.*@/is;

/**
 * Starts it when one of OpenTelemetry's variables names a collector; `undefined` otherwise, and then nothing of it is loaded.
 * Throws {@link InvalidArguments} for an address that is none: the SDK itself would take another in silence.
 */
export async function startTracing(env: NodeJS.ProcessEnv, log: Log): Promise<Tracing | undefined> {
  const variable = variables.find((name) => env[name]);
  if (variable === undefined || env.OTEL_SDK_DISABLED === 'true') return undefined;
  const collector = env[variable] ?? '';
  if (!/^https?:\/\/\S+$/.test(collector) || !URL.canParse(collector))
    throw new InvalidArguments(
      `${variable}: "${collector.replace(userInfo, '$1')}" is no address; allowed: that of a collector that takes OTLP over HTTP, such as http://127.0.0.1:4318.`,
    );
  const { origin } = new URL(collector);
  log.info({ collector: origin }, 'Spans are sent to a collector.');
  return startExporter(env.OTEL_SERVICE_NAME || 'partner-cloud');
}
