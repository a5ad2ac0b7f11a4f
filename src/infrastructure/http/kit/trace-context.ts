/** The trace that a caller works on, by the header `traceparent`. Source: W3C Trace Context, level 1. */
import type { IncomingHttpHeaders } from 'node:http';

export interface Trace {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** The caller's span, 16 hexadecimal digits. */
  readonly spanId: string;
  /** Whether the caller records it. */
  readonly sampled: boolean;
}

const shape = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.{0,256})?$/;
const nobodys = /^0+$/;

/** `undefined` for none, and for one that is not valid: the standard wants such a one ignored. A later version may say more. */
export function traceOf({ traceparent }: IncomingHttpHeaders): Trace | undefined {
  const [, version, traceId = '', spanId = '', flags = '', more] =
    (typeof traceparent === 'string' ? shape.exec(traceparent) : undefined) ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (nobodys.test(traceId) || nobodys.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}
