/** Metadata as bytes: what was stored before there were services that act for people stays as it was. */
import { expect, test } from '@jest/globals';
import { decodeMetadata, encodeMetadata } from '../../../../src/infrastructure/event-store/format/metadata.js';

const cause = {
  commandId: 'c-1',
  commandDigest: 'd-1',
  asked: { name: 'never stored' },
  correlationId: 'p-1',
  actor: 'issuer#s-1',
  role: 'service',
};
const stored = '"causationId":"c-1","commandDigest":"d-1","correlationId":"p-1"';

test('a fact that nobody else asked for has no member for it', () => {
  expect(encodeMetadata(cause, 0)).toBe(
    `{"actor":"issuer#s-1",${stored},"recordedAt":"1970-01-01T00:00:00.000Z","role":"service"}`,
  );
});

test('the person for whom a service did it is covered by the bytes, and read again', () => {
  const bytes = encodeMetadata({ ...cause, onBehalfOf: 'u-1' }, 0);
  expect(bytes).toBe(
    `{"actor":"issuer#s-1",${stored},"onBehalfOf":"u-1","recordedAt":"1970-01-01T00:00:00.000Z","role":"service"}`,
  );
  expect(decodeMetadata(Buffer.from(bytes))).toMatchObject({ actor: 'issuer#s-1', onBehalfOf: 'u-1' });
});
