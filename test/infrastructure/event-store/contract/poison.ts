/** The part of the contract about events that cannot be read, as a version that knows them not finds them after a roll-back. */
import { describe, expect, test } from '@jest/globals';
import Type from 'typebox';
import { PoisonError } from '../../../../src/application/streams/event-store.js';
import type { DomainEvent } from '../../../../src/domain/events.js';
import { createCodec, domainCodec } from '../../../../src/infrastructure/event-store/format/codec.js';
import { eventSchemas } from '../../../../src/infrastructure/event-store/format/schemas/all.js';
import { draft, drafts, named } from '../../../support/events.js';
import { restOf } from '../../../support/following.js';
import type { OpenNew } from '../contract.js';

const laterCodec = createCodec({ ...eventSchemas, AccountClosed: Type.Object({ on: Type.String() }) });
const fromLater = { type: 'AccountClosed', on: '2027-01-01' } as unknown as DomainEvent;
const why = 'AccountClosed: unknown event type; this version does not read or write it';

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

    test('is refused before it is stored', async () => {
      const { store } = await open();
      await expect(store.append('provider-1', -1, [draft(fromLater)])).rejects.toThrow(why);
      expect(await store.read('provider-1')).toEqual([]);
    });
  });
}
