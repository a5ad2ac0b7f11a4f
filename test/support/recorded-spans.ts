/** Records the spans of this test file, in the order in which they end. */
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

export interface RecordedSpans {
  /** Those that have ended since the last call, then forgotten. */
  taken(): ReturnType<InMemorySpanExporter['getFinishedSpans']>;
  /** Nothing is recorded any more. */
  stop(): Promise<void>;
}

/** Once in a test file: tracing is of a whole process. */
export function recordSpans(): RecordedSpans {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return {
    taken() {
      const spans = exporter.getFinishedSpans();
      exporter.reset();
      return spans;
    },
    async stop() {
      await provider.shutdown();
      trace.disable();
      context.disable();
    },
  };
}
