/** Sends spans to a collector by OTLP over HTTP. What it needs is loaded when it is asked for, and not before. */
import { context, trace } from '@opentelemetry/api';

export interface Tracing {
  /** Sends what is left, and ends. It never throws: a collector that is away holds nothing up. */
  close(): Promise<void>;
}

/** Shorter than the time in which a stopping service must have ended. */
const lastSendMs = 2_000;

/**
 * Starts tracing in this process, once. Address, headers, timeout, and the service's name and attributes are read from the
 * environment by the SDK itself. A trace that the caller does not record is not recorded here either.
 * Source: OpenTelemetry, Environment variable specification.
 */
export async function startExporter(serviceName: string): Promise<Tracing> {
  const [{ AsyncLocalStorageContextManager }, { OTLPTraceExporter }, sdk, resources] = await Promise.all([
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/resources'),
  ]);
  const named = resources.resourceFromAttributes({ 'service.name': serviceName });
  const asked = resources.detectResources({ detectors: [resources.envDetector] });
  const provider = new sdk.TracerProvider({
    resource: named.merge(asked),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.AlwaysOnSampler() }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return {
    async close() {
      const late = new Promise((resolve) => setTimeout(resolve, lastSendMs).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
}
