/** Events as bytes: canonical, exact, and the same for ever. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import Type from 'typebox';
import { canonicalText, NotCanonical } from '../../../../src/domain/canonical-json.js';
import type { DomainEvent } from '../../../../src/domain/events.js';
import { CodecError, createCodec, domainCodec } from '../../../../src/infrastructure/event-store/format/codec.js';
import { eventIdOf, uuidBytes, uuidText } from '../../../../src/infrastructure/event-store/format/event-id.js';
import { hashOf, noHash } from '../../../../src/infrastructure/event-store/format/hash.js';
import { decodeMetadata, encodeMetadata } from '../../../../src/infrastructure/event-store/format/metadata.js';
import { eventSchemas } from '../../../../src/infrastructure/event-store/format/schemas/all.js';
import { cause, draftedAt, everySample, sample } from '../../../support/events.js';

/** One stored event: what a store of any age may hold, and what it means. Lines are only ever added to the file. */
interface Stored {
  readonly type: string;
  /** Canonical JSON, stored as UTF-8. */
  readonly bytes: string;
  readonly event: DomainEvent;
}

const stored = JSON.parse(
  readFileSync(new URL('../../../fixtures/stored-events.json', import.meta.url), 'utf8'),
) as readonly Stored[];

const bytes = (text: string): Buffer => Buffer.from(text);

describe('every stored event', () => {
  test.each(stored.map((one) => [one.type, one] as const))(
    '%s still means what it meant',
    (type, { bytes: text, event }) => {
      expect(domainCodec.decode(type, bytes(text)).event).toEqual(event);
    },
  );

  test('there is one of each type', () => {
    expect(new Set(stored.map(({ type }) => type))).toEqual(new Set(Object.keys(eventSchemas)));
  });

  test('is written as it was, unless its shape has changed since', () => {
    for (const { bytes: text, event } of stored) expect(Buffer.from(domainCodec.encode(event)).toString()).toBe(text);
  });
});

describe('canonical JSON', () => {
  const whole = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, true, false, 0, -0),
      fc.maxSafeInteger(),
      whole,
      fc.array(tie('value')),
      fc.dictionary(whole, tie('value')),
    ),
  }));

  test('is what another implementation of RFC 8785 writes', () => {
    fc.assert(fc.property(value, (any) => expect(canonicalText(any)).toBe(canonicalize(any))));
  });

  test('reads back as the same value, and is written the same again', () => {
    fc.assert(
      fc.property(value, (any) => {
        const text = canonicalText(any);
        expect(canonicalText(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test('orders members by UTF-16 code units, as RFC 8785 section 3.2.3 shows', () => {
    const members = { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 };
    expect(canonicalText(members)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  test('leaves out members that are undefined', () => {
    expect(canonicalText({ b: undefined, a: { c: undefined } })).toBe('{"a":{}}');
  });

  const itself: unknown[] = [];
  itself.push(itself);
  test.each<[string, unknown, string]>([
    ['a fraction', { a: [1, 0.5] }, '/a/1: is 0.5; numbers must be safe integers'],
    ['a number too large', { a: 2 ** 53 }, '/a: is 9007199254740992; numbers must be safe integers'],
    ['NaN', Number.NaN, 'the value: is NaN; numbers must be safe integers'],
    ['infinity', [Number.POSITIVE_INFINITY], '/0: is Infinity; numbers must be safe integers'],
    ['undefined in an array', [1, undefined], '/1: is undefined, which JSON cannot hold'],
    ['undefined', undefined, 'the value: is undefined, which JSON cannot hold'],
    ['a big integer', { a: 1n }, '/a: is bigint, which JSON cannot hold'],
    ['a function', { a: () => 1 }, '/a: is function, which JSON cannot hold'],
    ['a symbol', { a: Symbol('a') }, '/a: is symbol, which JSON cannot hold'],
    ['a lone surrogate', { 'a/b~c': '\ud800' }, '/a~1b~0c: has a lone surrogate; only whole characters can be stored'],
    [
      'a lone surrogate in a name',
      { '\udc00': 1 },
      '/\udc00: has a lone surrogate; only whole characters can be stored',
    ],
    ['a date', { at: new Date(0) }, '/at: is a Date; only plain objects can be stored'],
    ['a map', { a: new Map() }, '/a: is a Map; only plain objects can be stored'],
    ['a value within itself', itself, `${'/0'.repeat(64)}: lies deeper than 64 levels, or contains itself`],
  ])('refuses %s and says where', (_, wrong, words) => {
    expect(() => canonicalText(wrong)).toThrow(NotCanonical);
    expect(() => canonicalText(wrong)).toThrow(words);
  });
});

describe('the codec', () => {
  test('gives back every event it was given', () => {
    for (const event of everySample)
      expect(domainCodec.decode(event.type, domainCodec.encode(event))).toEqual({ event, familiar: true });
  });

  test.each<[string, string, string, string]>([
    ['a missing member', 'ProviderRenamed', '{}', 'ProviderRenamed (the whole): must have required properties name'],
    ['a member of another type', 'ProviderRenamed', '{"name":7}', 'ProviderRenamed /name: must be string'],
    [
      'a deep mistake',
      'TermsAccepted',
      '{"documents":[{"party":"aws","territory":"US","version":"1","digest":null}],"organizationRevision":0}',
      'TermsAccepted /documents/0/digest: must be string',
    ],
    ['a negative count', 'CredentialsClaimed', '{"generation":-1}', 'CredentialsClaimed /generation: must be >= 0'],
    ['bytes that are not JSON', 'ProviderWithdrawn', '{', 'ProviderWithdrawn: the stored bytes are not JSON in UTF-8'],
    ['JSON that is no object', 'ProviderWithdrawn', '[]', 'ProviderWithdrawn: the stored bytes must be a JSON object'],
  ])('refuses %s', (_, type, text, words) => {
    expect(() => domainCodec.decode(type, bytes(text))).toThrow(CodecError);
    expect(() => domainCodec.decode(type, bytes(text))).toThrow(words);
  });

  test('refuses bytes that are not UTF-8', () => {
    expect(() => domainCodec.decode('ProviderRenamed', Buffer.from('7b226e616d65223a22ff227d', 'hex'))).toThrow(
      'not JSON in UTF-8',
    );
  });

  test.each<[string, string, string, unknown]>([
    ['an unknown type', 'Renamed', '{"to":"a"}', { type: 'Unknown', recordedType: 'Renamed', data: { to: 'a' } }],
    ['a type that every object has', 'constructor', '{}', { type: 'Unknown', recordedType: 'constructor', data: {} }],
    [
      'a member nobody described',
      'ProviderRenamed',
      '{"name":"a","x":{"y":1}}',
      { type: 'ProviderRenamed', name: 'a' },
    ],
    [
      'a value that is new, or was taken out',
      'ProvisioningResumed',
      '{"step":"Fly"}',
      { type: 'ProvisioningResumed', step: 'Fly' },
    ],
    [
      'both of them deep inside',
      'TermsAccepted',
      '{"documents":[{"party":"notary","territory":"US","version":"1","digest":"d","x":1}],"organizationRevision":0,"y":[]}',
      {
        type: 'TermsAccepted',
        documents: [{ party: 'notary', territory: 'US', version: '1', digest: 'd' }],
        organizationRevision: 0,
      },
    ],
  ])('bears %s when it reads', (_, type, text, event) => {
    expect(domainCodec.decode(type, bytes(text))).toEqual({ event, familiar: false });
  });

  test.each<[string, object, string]>([
    ['an unknown type', { type: 'Renamed' }, 'Renamed: unknown event type; this version does not write it'],
    [
      'what it has read as unknown',
      { type: 'Unknown', recordedType: 'Renamed', data: {} },
      'Unknown: unknown event type',
    ],
    [
      'a member nobody described',
      { type: 'ProviderRenamed', name: 'a', x: 1 },
      'ProviderRenamed /x: is not a member of this event',
    ],
    [
      'a wrong word',
      { type: 'ProvisioningResumed', step: 'Fly' },
      'ProvisioningResumed /step: must be equal to one of the allowed values',
    ],
  ])('never writes %s', (_, event, words) => {
    expect(() => domainCodec.encode(event as DomainEvent)).toThrow(words);
  });

  test('never repeats a value in what it says is wrong', () => {
    const wrong = { type: 'CredentialsIssued', generation: 1, password: 'hunter2' } as unknown as DomainEvent;
    expect(() => domainCodec.encode(wrong)).toThrow(/^CredentialsIssued \/password: is not a member of this event$/);
  });

  test('brings past shapes up to the present one, step by step, before it checks them', () => {
    const codec = createCodec(
      { Moved: Type.Object({ from: Type.String(), to: Type.String(), by: Type.String() }) },
      {
        Moved: [
          ({ where, ...rest }) => ({ ...rest, to: where }),
          (data) => ({ from: 'unknown', by: `${data.to}`, ...data }),
        ],
      },
    );
    expect(codec.decode('Moved', bytes('{"where":"b"}')).event).toEqual({
      ...{ type: 'Moved', from: 'unknown', to: 'b', by: 'b' },
    });
  });
});

describe('metadata', () => {
  test('come back as they were written', () => {
    const { commandId, ...rest } = cause();
    const written = encodeMetadata({ commandId, ...rest }, draftedAt);
    expect(decodeMetadata(written)).toEqual({
      ...rest,
      causationId: commandId,
      recordedAt: '2026-11-24T08:00:00.000Z',
    });
  });

  test('may say more, as a newer version writes them', () => {
    const written = JSON.parse(encodeMetadata(cause(), draftedAt)) as object;
    const more = bytes(JSON.stringify({ ...written, tenant: 'acme' }));
    expect(decodeMetadata(more)).toMatchObject(written);
  });

  test.each([
    [
      'a member that is no string',
      { ...cause(), actor: 7 as unknown as string },
      draftedAt,
      'metadata /actor: must be string',
    ],
    ['a year of more than four digits', cause(), 8.64e15, 'metadata /recordedAt: must match pattern'],
  ])('are refused with %s', (_, by, at, words) => {
    expect(() => encodeMetadata(by, at)).toThrow(words);
  });
});

describe('ids and hashes', () => {
  const hashed = {
    stream: 'provider-1',
    revision: 0,
    eventId: '4b372a9d-4882-5150-9024-1336263cf77c',
    type: 'ProviderRenamed',
    previousHash: noHash,
    data: domainCodec.encode(sample('ProviderRenamed')),
    metadata: bytes('{}'),
  };

  test('are today what they were when the first log was written', () => {
    expect(eventIdOf('provider-1', 3, 1, '7b1d5a3e-0b57-4b0e-9a53-111111111111')).toBe(
      '768b9499-96ac-54a1-937c-34e74157e7eb',
    );
    expect(hashOf(hashed)).toBe('332d158c5ece442a39f6cc0a4d65ea27ff7181187e67d9e26772da4dc615d4e9');
  });

  test('differ whenever a part differs, also where parts run together', () => {
    const others = [
      { stream: 'provider-10' },
      { revision: 10 },
      { eventId: '5b372a9d-4882-5150-9024-1336263cf77c' },
      { type: 'ProviderRename' },
      { previousHash: 'f'.repeat(64) },
      { data: bytes('') },
      { metadata: bytes('') },
      { data: bytes('{}'), metadata: hashed.data },
      { stream: 'provider-1,1:0', revision: 0 },
    ];
    const all = [hashed, ...others.map((other) => ({ ...hashed, ...other }))].map(hashOf);
    expect(new Set(all).size).toBe(all.length);
  });

  test('ids fit into sixteen bytes and back', () => {
    fc.assert(fc.property(fc.uuid(), (id) => expect(uuidText(uuidBytes(id).toString('hex'))).toBe(id)));
  });
});
