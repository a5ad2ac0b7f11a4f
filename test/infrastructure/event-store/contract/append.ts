/** The part of the contract about appending and reading streams. */
import { describe, expect, test } from '@jest/globals';
import { type EventStore } from '../../../../src/application/ports/event-store.js';
import { RevisionConflict } from '../../../../src/application/ports/event-store-errors.js';
import type { DomainEvent } from '../../../../src/domain/events.js';
import { cause, draft, draftedAt, drafts, everySample, named, sample } from '../../../support/events.js';
import { restOf } from '../../../support/following.js';
import type { OpenNew } from '../contract.js';
import { appendsLikeAModel } from './model.js';

const stream = 'provider-1';

const namesIn = async (store: EventStore, of: string): Promise<readonly unknown[]> =>
  (await store.read(of)).map(({ event }) => (event as { name?: string }).name);

export function appendContract(open: OpenNew): void {
  describe('append and read', () => {
    test('an unknown stream is empty', async () => {
      const { store } = await open();
      expect(await store.read('provider-unknown')).toEqual([]);
    });

    test('an append is answered with what reading and following show', async () => {
      const { store, reopen } = await open();
      const answered = await store.append(
        stream,
        -1,
        everySample.map((event) => draft(event)),
      );
      expect(answered.map(({ revision }) => revision)).toEqual(everySample.map((_, revision) => revision));
      expect(answered.map(({ event }) => event)).toEqual(everySample);
      expect(await store.read(stream)).toEqual(answered);
      expect(await restOf(store)).toEqual(answered);
      expect(await (await reopen()).read(stream)).toEqual(answered);
    });

    test('metadata say who, why and when, in flat strings', async () => {
      const { store } = await open();
      const by = cause();
      const [event] = await store.append(stream, -1, [{ event: named('a'), cause: by, at: draftedAt }]);
      const { commandId, ...rest } = by;
      expect(event?.metadata).toMatchObject({
        ...rest,
        causationId: commandId,
        recordedAt: '2026-11-24T08:00:00.000Z',
      });
      expect(Object.values(event?.metadata ?? {}).every((value) => typeof value === 'string')).toBe(true);
    });

    test('a member that is undefined is as good as absent', async () => {
      const { store } = await open();
      const halted = sample('ProvisioningHalted', { call: undefined });
      const [answered] = await store.append(stream, -1, [draft(halted)]);
      expect(answered?.event).not.toHaveProperty('call');
    });

    test('no event is recorded before its predecessor in the stream, whatever the clock says', async () => {
      const { store, reopen } = await open();
      await store.append(stream, -1, [draft(named('a'), { at: draftedAt + 5_000 })]);
      const [sooner] = await store.append(stream, 0, [draft(named('b'), { at: draftedAt })]);
      const [soonerStill] = await (await reopen()).append(stream, 1, [draft(named('c'), { at: 0 })]);
      expect(sooner?.metadata.recordedAt).toBe('2026-11-24T08:00:05.000Z');
      expect(soonerStill?.metadata.recordedAt).toBe('2026-11-24T08:00:05.000Z');
    });

    test('the time of one stream has no say in that of another', async () => {
      const { store, reopen } = await open();
      await store.append(stream, -1, [draft(named('a'), { at: draftedAt + 5_000 })]);
      const [sooner] = await store.append('provider-2', -1, [draft(named('b'), { at: draftedAt })]);
      const [soonerStill] = await (await reopen()).append('provider-3', -1, [draft(named('c'), { at: 0 })]);
      expect(sooner?.metadata.recordedAt).toBe('2026-11-24T08:00:00.000Z');
      expect(soonerStill?.metadata.recordedAt).toBe('1970-01-01T00:00:00.000Z');
    });
  });
  conflicts(open);
  wholes(open);
  repeats(open);
  test('any series of appends comes out as in a simple model', () => appendsLikeAModel(open));
}

function conflicts(open: OpenNew): void {
  describe('the expected revision', () => {
    test.each([
      ['behind the last', -1],
      ['beyond the last', 1],
    ])('%s is a conflict that tells the actual one', async (_, expected) => {
      const { store } = await open();
      await store.append(stream, -1, drafts('a'));
      const late = store.append(stream, expected, drafts('b'));
      await expect(late).rejects.toThrow(RevisionConflict);
      await expect(late).rejects.toMatchObject({ stream, expectedRevision: expected, actualRevision: 0 });
      expect(await namesIn(store, stream)).toEqual(['a']);
    });

    test('of a stream that is not there yet is -1', async () => {
      const { store } = await open();
      await expect(store.append(stream, 0, drafts('a'))).rejects.toMatchObject({ actualRevision: -1 });
    });

    test('lets one of two equal decisions by two people win', async () => {
      const { store } = await open();
      const both = await Promise.allSettled([
        store.append(stream, -1, [draft(named('same'))]),
        store.append(stream, -1, [draft(named('same'))]),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(both.find((one) => one.status === 'rejected')?.reason).toBeInstanceOf(RevisionConflict);
      expect(await store.read(stream)).toHaveLength(1);
    });

    test('lets one of many writers win each revision', async () => {
      const { store } = await open();
      for (let revision = -1; revision < 4; revision++) {
        const all = await Promise.allSettled(
          Array.from({ length: 20 }, (_, i) => store.append(stream, revision, drafts(`${revision} by ${i}`))),
        );
        expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      }
      expect(await store.read(stream)).toHaveLength(5);
    });
  });
}

function wholes(open: OpenNew): void {
  describe('an append holds as a whole or not at all', () => {
    test('when it conflicts', async () => {
      const { store } = await open();
      await store.append(stream, -1, drafts('a'));
      await expect(store.append(stream, -1, drafts('b', 'c', 'd'))).rejects.toThrow(RevisionConflict);
      expect(await namesIn(store, stream)).toEqual(['a']);
    });

    test('when one of its events has a wrong shape', async () => {
      const { store } = await open();
      const wrong = { type: 'ProviderRenamed', name: 7 } as unknown as DomainEvent;
      const append = store.append(stream, -1, [draft(named('a')), draft(wrong)]);
      await expect(append).rejects.toThrow('ProviderRenamed /name: must be string');
      expect(await store.read(stream)).toEqual([]);
    });

    test('and takes nothing down that is written along with it', async () => {
      const { store } = await open();
      await store.append('provider-0', -1, drafts('first'));
      const streams = Array.from({ length: 30 }, (_, i) => `provider-${i}`);
      const all = await Promise.allSettled(streams.map((s) => store.append(s, -1, drafts(`${s} a`, `${s} b`))));
      expect(all.map(({ status }) => status)).toEqual(['rejected', ...streams.slice(1).map(() => 'fulfilled')]);
      const events = (await restOf(store)).map(({ stream: s, revision }) => `${s}@${revision}`);
      expect([...events].sort()).toEqual(
        ['provider-0@0', ...streams.slice(1).flatMap((s) => [`${s}@0`, `${s}@1`])].sort(),
      );
      for (const s of streams.slice(1)) expect(events.indexOf(`${s}@0`)).toBeLessThan(events.indexOf(`${s}@1`));
    });

    test('and comes in the log before whatever is sent after its answer', async () => {
      const { store } = await open();
      const sent = ['provider-1', 'access-1', 'payer-1', 'provider-2'];
      for (const s of sent) await store.append(s, -1, drafts(s));
      expect((await restOf(store)).map(({ stream: s }) => s)).toEqual(sent);
    });

    test('and an append of nothing checks the revision and adds nothing', async () => {
      const { store } = await open();
      expect(await store.append(stream, -1, [])).toEqual([]);
      await expect(store.append(stream, 0, [])).rejects.toThrow(RevisionConflict);
      expect(await store.read(stream)).toEqual([]);
    });
  });
}

function repeats(open: OpenNew): void {
  describe('a blind repeat', () => {
    const commandId = '7b1d5a3e-0b57-4b0e-9a53-111111111111';
    const pair = (at: number) => [draft(named('a'), { commandId, at }), draft(named('b'), { commandId, at })];

    test('is answered with what is stored, also later, after others and after a restart', async () => {
      const { store, reopen } = await open();
      const first = await store.append(stream, -1, pair(draftedAt));
      expect(await store.append(stream, -1, pair(draftedAt + 60_000))).toEqual(first);
      await store.append(stream, 1, drafts('c'));
      expect(await store.append(stream, -1, pair(draftedAt + 120_000))).toEqual(first);
      const reopened = await reopen();
      expect(await reopened.append(stream, -1, pair(draftedAt))).toEqual(first);
      expect(await namesIn(reopened, stream)).toEqual(['a', 'b', 'c']);
    });

    test('at the same moment is one append with two equal answers', async () => {
      const { store } = await open();
      const [one, other] = await Promise.all([1, 2].map((at) => store.append(stream, -1, pair(at))));
      expect(one).toEqual(other);
      expect(await store.read(stream)).toEqual(one);
    });

    test('with other contents is refused by the id of the event', async () => {
      const { store } = await open();
      const [a] = await store.append(stream, -1, pair(draftedAt));
      const other = store.append(stream, -1, [draft(named('other'), { commandId })]);
      await expect(other).rejects.toThrow(RevisionConflict);
      await expect(other).rejects.toThrow(new RegExp(`event ${a?.metadata.eventId} was stored with other contents`));
    });

    test('with more events than were stored is refused', async () => {
      const { store } = await open();
      const [a] = pair(draftedAt);
      await store.append(stream, -1, a ? [a] : []);
      await expect(store.append(stream, -1, pair(draftedAt))).rejects.toThrow(RevisionConflict);
      expect(await namesIn(store, stream)).toEqual(['a']);
    });

    test('has the ids of the first time, and another command has others', async () => {
      const ids = async (by: string) => {
        const { store } = await open();
        const recorded = await store.append(stream, -1, [draft(named('a'), { commandId: by })]);
        return recorded.map(({ metadata }) => metadata.eventId);
      };
      expect(await ids(commandId)).toEqual(await ids(commandId));
      expect(await ids(commandId)).not.toEqual(await ids('7b1d5a3e-0b57-4b0e-9a53-222222222222'));
    });
  });
}
