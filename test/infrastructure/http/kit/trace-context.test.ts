/** The header `traceparent`: what is valid is followed, anything else is as if it were not there. */
import { expect, test } from '@jest/globals';
import { traceOf } from '../../../../src/infrastructure/http/kit/trace-context.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';
const of = (traceparent: string) => traceOf({ traceparent });

test('trace, span and whether it is recorded are taken from it', () => {
  expect(of(`00-${traceId}-${spanId}-01`)).toEqual({ traceId, spanId, sampled: true });
  expect(of(`00-${traceId}-${spanId}-00`)).toEqual({ traceId, spanId, sampled: false });
  expect(of(`00-${traceId}-${spanId}-03`)?.sampled).toBe(true);
});

test('a later version may say more', () => {
  expect(of(`cc-${traceId}-${spanId}-01-what-the-future-will-be`)?.traceId).toBe(traceId);
  expect(of(`cc-${traceId}-${spanId}-01`)?.traceId).toBe(traceId);
});

test.each([
  [''],
  [`00-${traceId}-${spanId}`],
  [`00-${traceId}-${spanId}-01-more`],
  [`00-${traceId}-${spanId}-01.more`],
  [`ff-${traceId}-${spanId}-01`],
  [`00-${'0'.repeat(32)}-${spanId}-01`],
  [`00-${traceId}-${'0'.repeat(16)}-01`],
  [`00-${traceId.toUpperCase()}-${spanId}-01`],
  [`00-${traceId}-${spanId}-01, 00-${traceId}-${spanId}-01`],
  [`00-${traceId}-${spanId}-0x`],
])('%j is ignored', (traceparent) => expect(of(traceparent)).toBeUndefined());

test('none is none', () => expect(traceOf({})).toBeUndefined());
