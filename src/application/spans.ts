/**
 * Spans of OpenTelemetry around what takes time. Without an exporter they cost a tenth of a microsecond and go nowhere. They hold
 * no secret, and of people and organizations nothing but ids that are in the log of this program as well.
 */
import { type Attributes, context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('partner-cloud');

export interface SpanOf<T> {
  /** Few names, all known beforehand; what differs from call to call is an attribute. */
  readonly name: string;
  readonly attributes: Attributes;
  /** Whether somebody else does it, such as AWS. */
  readonly elsewhere?: boolean;
  /** What came of it, where that is worth telling. */
  readonly outcome?: (answer: T) => string;
}

/** Does the work within a span; throws what it throws. An error is told by its name: its words may hold what nobody should read. */
export function inSpan<T>(of: SpanOf<T>, work: () => Promise<T>): Promise<T> {
  const kind = of.elsewhere ? SpanKind.CLIENT : SpanKind.INTERNAL;
  const span = tracer.startSpan(of.name, { kind, attributes: of.attributes });
  return span.isRecording() ? recorded(span, of.outcome, work) : work();
}

async function recorded<T>(span: Span, outcome: SpanOf<T>['outcome'], work: () => Promise<T>): Promise<T> {
  try {
    const answer = await context.with(trace.setSpan(context.active(), span), work);
    if (outcome) span.setAttribute('partner_cloud.outcome', outcome(answer));
    return answer;
  } catch (error) {
    failed(span, kindOf(error));
    throw error;
  } finally {
    span.end();
  }
}

/** The name of the error, or of its class where it has none of its own. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error.name === 'Error' ? error.constructor.name : error.name;
}

/** Marks a span as failed, by the name of what was wrong. */
export function failed(span: Span, type: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** The trace that is being worked on, 32 hexadecimal digits; `undefined` where none is recorded. */
export function presentTrace(): string | undefined {
  const span = trace.getActiveSpan();
  return span?.isRecording() ? span.spanContext().traceId : undefined;
}
