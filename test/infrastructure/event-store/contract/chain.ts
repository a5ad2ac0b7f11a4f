/** The part of the contract about hashes: computed here once more, from nothing but what a reader is given. */
import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import type { RecordedEvent } from '../../../../src/application/ports/event-store.js';
import { draft, everySample } from '../../../support/events.js';
import type { OpenNew } from '../contract.js';

/** SHA-256 over netstrings of stream, revision, event id, type, previous hash, data and metadata. */
export function hashOf({ stream, revision, event, metadata }: RecordedEvent): string {
  const { type, ...data } = event;
  const { eventId, hash, previousHash, ...rest } = metadata;
  const parts = [stream, `${revision}`, eventId, type, previousHash, canonicalize(data), canonicalize(rest)];
  const sha = createHash('sha256');
  for (const part of parts) sha.update(`${Buffer.byteLength(part ?? '')}:${part},`);
  return sha.digest('hex');
}

export function chainContract(open: OpenNew): void {
  test('each event is chained to the one before it in its stream, over appends and restarts', async () => {
    const { store, reopen } = await open();
    await store.append(
      'provider-1',
      -1,
      everySample.map((event) => draft(event)),
    );
    await store.append(
      'provider-2',
      -1,
      everySample.slice(0, 2).map((event) => draft(event)),
    );
    const reopened = await reopen();
    await reopened.append(
      'provider-1',
      everySample.length - 1,
      everySample.map((event) => draft(event)),
    );
    for (const stream of ['provider-1', 'provider-2']) {
      let previous = '0'.repeat(64);
      for (const recorded of await reopened.read(stream)) {
        expect(recorded.metadata.previousHash).toBe(previous);
        expect(recorded.metadata.hash).toBe(hashOf(recorded));
        previous = recorded.metadata.hash;
      }
    }
  });
}
