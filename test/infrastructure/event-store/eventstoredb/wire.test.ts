/** How facts lie on the server, and that nothing of one is lost on the way there and back. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openLogCheck } from '../../../../src/infrastructure/event-store/eventstoredb/checked-log.js';
import { OwnAppends } from '../../../../src/infrastructure/event-store/eventstoredb/own-appends.js';
import type { SentEvent } from '../../../../src/infrastructure/event-store/eventstoredb/subscription-messages.js';
import {
  foundInSent,
  streamNames,
  type WireEvent,
  wireEvent,
} from '../../../../src/infrastructure/event-store/eventstoredb/wire.js';
import { domainCodec } from '../../../../src/infrastructure/event-store/format/codec.js';
import { noHash } from '../../../../src/infrastructure/event-store/format/hash.js';
import { chainedAfter, encodeAppend } from '../../../../src/infrastructure/event-store/format/new-append.js';
import { recorded, trusted } from '../../../../src/infrastructure/event-store/format/recorded.js';
import { drafts } from '../../../support/events.js';

const names = streamNames('p');
const stream = 'provider-1';

/** A first event of the stream, by a cause that says what is given. */
function chained(name: string, correlationId = 'c') {
  const [draft] = drafts(name);
  if (!draft) throw new Error('there is one');
  const { cause } = draft;
  const { events } = encodeAppend(domainCodec, stream, -1, [{ ...draft, cause: { ...cause, correlationId } }]);
  const [encoded] = events;
  if (!encoded) throw new Error('there is one');
  return chainedAfter({ revision: -1, hash: noHash, recordedAt: 0 }, stream, encoded);
}

const sentBack = ({ type, data, metadata }: WireEvent, more: Partial<SentEvent> = {}): SentEvent => ({
  ...{ commit: 7n, streamId: 'p-provider-1', revision: 0, type, isJson: false },
  ...{ data: Buffer.from(data), metadata: Buffer.from(metadata as Uint8Array), ...more },
});

describe('a fact on the server', () => {
  test('has its exact bytes, flat metadata, and what the tools of the server look for', () => {
    const fact = chained('a', 'course-1');
    const wire = wireEvent(fact);
    expect(wire.contentType).toBe('application/octet-stream');
    expect(String(Buffer.from(wire.data))).toBe(fact.data);
    const metadata = JSON.parse(Buffer.from(wire.metadata as Uint8Array).toString());
    const { eventId, previousHash, hash } = fact;
    expect(metadata).toMatchObject({ eventId, previousHash, hash, $correlationId: 'course-1' });
    expect(metadata.$causationId).toBe(metadata.causationId);
    expect(Object.values(metadata).every((value) => typeof value === 'string')).toBe(true);
  });

  test('has an id made of its hash, so that other data never go under the same one', () => {
    const [one, other] = [chained('a'), chained('b')];
    expect(wireEvent(one).id).toBe(wireEvent(one).id);
    expect(wireEvent(one).id).not.toBe(wireEvent(other).id);
    expect(wireEvent(one).id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(wireEvent(one).id.slice(0, 8)).toBe(one.hash.slice(0, 8));
  });

  test('comes back as it was, whatever its texts say', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        (name, course) => {
          const { recordedAt: _, ...stored } = chained(name, course);
          expect(foundInSent(names, sentBack(wireEvent({ ...stored, recordedAt: 0 })))).toEqual({ commit: 7n, stored });
        },
      ),
    );
  });

  test('whose metadata were written in another form is read all the same, and held to its hash', async () => {
    const { recordedAt: _, ...stored } = chained('a');
    const wire = wireEvent({ ...stored, recordedAt: 0 });
    const spaced = JSON.stringify(JSON.parse(Buffer.from(wire.metadata as Uint8Array).toString()), null, 1);
    const found = foundInSent(names, sentBack(wire, { metadata: Buffer.from(spaced) }));
    expect(found).toEqual({ commit: 7n, stored });
    const forged = foundInSent(names, sentBack(wire, { metadata: Buffer.from(spaced.replace('"c"', '"d"')) }));
    const check = openLogCheck({
      codec: domainCodec,
      logId: 'l',
      hashAt: async () => undefined,
      flawed: () => undefined,
    });
    const [whole, changed] = [await check([found]), await check([forged])];
    expect(whole[0]).not.toHaveProperty('poison');
    expect(changed[0]).toHaveProperty('poison');
  });

  test.each([
    ['metadata that are none', { metadata: Buffer.from('?') }],
    ['metadata without a hash', { metadata: Buffer.from('{"eventId":"e"}') }],
    ['metadata with a fraction', { metadata: Buffer.from('{"eventId":"e","previousHash":"p","hash":"h","x":1.5}') }],
    ['JSON', { isJson: true }],
  ])('with %s was not written by this program', (_, more) => {
    expect(foundInSent(names, sentBack(wireEvent(chained('a')), more))).toHaveProperty('poison');
  });
});

describe('what this process appended', () => {
  const { recordedAt: _, ...stored } = chained('a');
  const wire = wireEvent({ ...stored, recordedAt: 0 });
  const events = recorded(domainCodec, [{ position: 'l:7', stored }], trusted);

  function remembering(): OwnAppends {
    const own = new OwnAppends(names);
    own.remember([{ commit: 7n, stored, wire }], events);
    return own;
  }

  test('is taken as it was recorded, once', () => {
    const own = remembering();
    expect(own.take(sentBack(wire))).toEqual({ commit: 7n, stored, own: events[0] });
    expect(own.take(sentBack(wire))).toBeUndefined();
  });

  test.each([
    ['place', { commit: 8n }],
    ['stream', { streamId: 'p-provider-2' }],
    ['revision', { revision: 1 }],
    ['type', { type: 'Other' }],
    ['form', { isJson: true }],
    ['data', { data: Buffer.from('{"name":"b"}') }],
    ['metadata', { metadata: Buffer.from('{}') }],
  ])('is not taken for what came with another %s', (__, more) => {
    expect(remembering().take(sentBack(wire, more))).toBeUndefined();
  });
});

describe('the client', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const textOf = (file: string): string => readFileSync(join('src', file), 'utf8');
  const folder = 'infrastructure/event-store/eventstoredb/';
  const naming = (pattern: RegExp) => sources.filter((file) => pattern.test(textOf(file)));

  test('is named by its adapter alone', () => {
    const files = naming(/from '@eventstore\//);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !file.startsWith(folder))).toEqual([]);
  });

  test('is never asked to delete a stream; only where deliveries stand is written whatever is there', () => {
    const adapter = (pattern: RegExp) => naming(pattern).filter((file) => file.startsWith(folder));
    expect(adapter(/\b(deleteStream|tombstoneStream)\b/)).toEqual([]);
    expect(adapter(/\bANY\b/)).toEqual([`${folder}cursors.ts`]);
  });
});
