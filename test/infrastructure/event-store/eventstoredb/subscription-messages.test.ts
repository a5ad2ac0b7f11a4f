/** What is read of a subscription's messages is what the client's own classes wrote into them. */
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { messageFrom } from '../../../../src/infrastructure/event-store/eventstoredb/subscription-messages.js';

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));

const event = fc.record({
  commit: uint64,
  streamId: fc.string({ unit: 'binary' }),
  revision: fc.nat(),
  type: fc.string({ unit: 'binary' }),
  isJson: fc.boolean(),
  data: bytes,
  metadata: bytes,
});
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

const { ReadResp } = streams;

/** As the server writes it: with an id, the places twice, the time of creation, and a link where it was asked for. */
function written({ commit, streamId, revision, type, isJson, data, metadata }: Event) {
  const recorded = new ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(new shared.UUID().setString('0123'));
  recorded.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(streamId).toString('base64')));
  recorded.setStreamRevision(`${revision}`).setPreparePosition(`${commit}`).setCommitPosition(`${commit}`);
  const members = recorded.getMetadataMap();
  members.set('created', '638000000000000000').set('type', type);
  members.set('content-type', isJson ? 'application/json' : 'application/octet-stream');
  recorded.setData(data).setCustomMetadata(metadata);
  return new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(`${commit}`));
}

const read = (message: InstanceType<typeof ReadResp>) => messageFrom(Buffer.from(message.serializeBinary()));

describe('a message of a subscription', () => {
  test('that is an event has every part of it', () => {
    fc.assert(
      fc.property(event, (given) => {
        expect(read(written(given))).toEqual({ kind: 'event', event: given });
      }),
    );
  });

  test('that is a checkpoint has its place, also one beyond what a number holds', () => {
    fc.assert(
      fc.property(uint64, (commit) => {
        const checkpoint = new ReadResp.Checkpoint().setCommitPosition(`${commit}`).setPreparePosition(`${commit}`);
        expect(read(new ReadResp().setCheckpoint(checkpoint))).toEqual({ kind: 'checkpoint', commit });
      }),
    );
  });

  test('may say that nothing more was there, or what nothing rests on', () => {
    expect(read(new ReadResp().setCaughtUp(new ReadResp.CaughtUp()))).toEqual({ kind: 'caught-up' });
    const confirmed = new ReadResp.SubscriptionConfirmation().setSubscriptionId('one');
    expect(read(new ReadResp().setConfirmation(confirmed))).toEqual({ kind: 'other' });
    expect(read(new ReadResp().setFirstStreamPosition('7'))).toEqual({ kind: 'other' });
  });

  test('that ends too early, or has a field of no known kind, is refused', () => {
    fc.assert(
      fc.property(event, fc.nat(), (given, cut) => {
        const whole = Buffer.from(written(given).serializeBinary());
        expect(() => messageFrom(whole.subarray(0, 1 + (cut % (whole.length - 1))))).toThrow(RangeError);
      }),
    );
    expect(() => messageFrom(Buffer.from([0x0b]))).toThrow(RangeError);
  });

  test('may have fields that are not known yet', () => {
    const later = Buffer.from([0xfa, 0x01, 0x02, 1, 2, 0xf9, 0x01, 1, 2, 3, 4, 5, 6, 7, 8, 0xfd, 0x01, 1, 2, 3, 4]);
    expect(messageFrom(Buffer.concat([later, Buffer.from([0x42, 0x00])]))).toEqual({ kind: 'caught-up' });
  });
});
