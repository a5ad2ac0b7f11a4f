/** The part of the contract about what a newer version wrote: most of it is borne, and what cannot be read stops its stream alone. */
import { describe, expect, test } from '@jest/globals';
import Type from 'typebox';
import { PoisonError } from '../../../../src/application/ports/event-store-errors.js';
import type { DomainEvent } from '../../../../src/domain/events.js';
import { createCodec, domainCodec } from '../../../../src/infrastructure/event-store/format/codec.js';
import { eventSchemas } from '../../../../src/infrastructure/event-store/format/schemas/all.js';
import { draft, drafts, named } from '../../../support/events.js';
import { restOf } from '../../../support/following.js';
import type { OpenNew } from '../contract.js';

const text = Type.String();
const laterCodec = createCodec({
  ...eventSchemas,
  AccountClosed: Type.Object({ on: text }),
  ProviderRenamed: Type.Object({ name: Type.Union([text, Type.Object({ text })]), why: Type.Optional(text) }),
  ProvisioningResumed: Type.Object({ step: text }),
});
const later = (event: object): DomainEvent => event as unknown as DomainEvent;
const closed = later({ type: 'AccountClosed', on: '2027-01-01' });
const fromLater = later({ type: 'ProviderRenamed', name: { text: 'Later' } });
const why = 'ProviderRenamed /name: must be string';

export function poisonContract(open: OpenNew): void {
  describe('an event that cannot be decoded', () => {
    const poisoned = async () => {
      const { store, reopen } = await open(laterCodec);
      await store.append('provider-1', -1, [...drafts('a'), draft(fromLater), ...drafts('b')]);
      await store.append('provider-2', -1, drafts('c'));
      return reopen(domainCodec);
    };

    test('stops reading its stream and no other', async () => {
      const store = await poisoned();
      await expect(store.read('provider-1')).rejects.toThrow(PoisonError);
      await expect(store.read('provider-1')).rejects.toMatchObject({ stream: 'provider-1', revision: 1, cause: why });
      expect(await store.read('provider-2')).toMatchObject([{ event: named('c') }]);
    });

    test('is followed in its place, saying what is wrong', async () => {
      expect(await restOf(await poisoned())).toMatchObject([
        { stream: 'provider-1', revision: 0, event: named('a') },
        { stream: 'provider-1', revision: 1, poison: why },
        { stream: 'provider-1', revision: 2, event: named('b') },
        { stream: 'provider-2', revision: 0, event: named('c') },
      ]);
    });

    test.each([
      ['of a wrong shape', fromLater, why],
      ['of a type that is not known', closed, 'AccountClosed: unknown event type; this version does not write it'],
      [
        'with an unknown member',
        later({ type: 'ProviderRenamed', name: 'a', why: 'b' }),
        '/why: is not a member of this event',
      ],
      ['with an unknown value', later({ type: 'ProvisioningResumed', step: 'Fly' }), '/step: must be equal to one of'],
    ])('%s is refused before it is stored', async (_, event, words) => {
      const { store } = await open();
      await expect(store.append('provider-1', -1, [draft(event)])).rejects.toThrow(words);
      expect(await store.read('provider-1')).toEqual([]);
    });
  });

  test('what a newer version wrote is borne: unknown members are left out, unknown values kept, unknown types told as such', async () => {
    const { store: newer, reopen } = await open(laterCodec);
    const written = [
      ['provider-1', later({ type: 'ProviderRenamed', name: 'a', why: 'A new brand' })],
      ['provider-1', later({ type: 'ProvisioningResumed', step: 'Fly' })],
      ['provider-1', closed],
      ['payer-1', closed],
      ['hardening-1', closed],
    ] as const;
    const revisions = new Map<string, number>();
    for (const [stream, event] of written) {
      const revision = revisions.get(stream) ?? -1;
      await newer.append(stream, revision, [draft(event)]);
      revisions.set(stream, revision + 1);
    }
    const unknown = { type: 'Unknown', recordedType: 'AccountClosed', data: { on: '2027-01-01' } };
    const store = await reopen(domainCodec);
    expect((await restOf(store)).map((found) => 'event' in found && found.event)).toEqual([
      named('a'),
      { type: 'ProvisioningResumed', step: 'Fly' },
      unknown,
      unknown,
      unknown,
    ]);
    const [next] = await store.append('provider-1', 2, drafts('b'));
    expect(await store.read('provider-1', 3)).toEqual([next]);
  });
}
