/** The queue is kept: whatever moves, only those concerned are read again, and it is as if all had been. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import { nothingSetAside } from '../../src/domain/quarantine.js';
import type { Queue, Waiting } from '../../src/domain/queue/queue.js';
import { keepQueue, type QueueReads } from '../../src/projections/queue.js';
import { cause } from '../support/events.js';
import { payerAssigned } from '../support/story.js';

/** Rows as two read models could hold them, counting who is read. */
function rows() {
  const organizations = new Map<string, string>();
  const since = new Map<string, string>();
  const shares = new Map<string, { creating: number; lastTurn: string | null }>();
  let read = 0;
  const of = (providerId: string): string => organizations.get(providerId) ?? '';
  const waitingOf = (providerId: string): Waiting | undefined => {
    const at = since.get(providerId);
    const organization = of(providerId);
    return at === undefined ? undefined : { providerId, organization, territory: 'US', since: at, returnsTo: null };
  };
  const reads: QueueReads = {
    waiting() {
      const all = [...since.keys()].flatMap((id) => waitingOf(id) ?? []);
      read += all.length;
      const key = (each: Waiting): string => `${each.since} ${each.providerId}`;
      return all.sort((a, b) => (key(a) < key(b) ? -1 : 1));
    },
    place(providerId) {
      read += 1;
      const organization = organizations.get(providerId);
      return organization === undefined ? undefined : { organization, waits: waitingOf(providerId) };
    },
    share(organization) {
      read += 1;
      return shares.get(organization) ?? { creating: 0, lastTurn: null };
    },
  };
  return {
    reads,
    read: () => read,
    arrives(providerId: string, organization: string, at: string): void {
      organizations.set(providerId, organization);
      since.set(providerId, at);
    },
    isServed(providerId: string, turn: string): void {
      since.delete(providerId);
      const { creating } = shares.get(of(providerId)) ?? { creating: 0 };
      shares.set(of(providerId), { creating: creating + 1, lastTurn: turn });
    },
  };
}

const compare = (a: string, b: string): number => Number(a.split(':')[1]) - Number(b.split(':')[1]);
const openQueue = (reads: QueueReads) => keepQueue(reads, () => nothingSetAside, compare);

const moved = (providerId: string): RecordedEvent => ({
  ...{ position: 'log:1', stream: `provider-${providerId}`, revision: 2, event: payerAssigned() },
  metadata: { ...cause(), eventId: '', causationId: '', recordedAt: '', previousHash: '', hash: '' },
});

/** The queue with the order of turns, whatever their numbers are. */
function toldOf({ waiting, share }: Queue) {
  const numbers = [...new Set(waiting.map(({ organization }) => share(organization).lastTurn))].sort((a, b) => a - b);
  return waiting.map((each) => {
    const { creating, lastTurn } = share(each.organization);
    return { ...each, creating, turn: lastTurn === 0 ? 0 : numbers.indexOf(lastTurn) + (numbers[0] === 0 ? 0 : 1) };
  });
}

test('of a long queue only who has moved is read again, also with others of its organization', () => {
  const all = rows();
  for (let n = 0; n < 5_000; n++) all.arrives(`p${n}`, `o${n % 1_000}`, `2026-01-01 ${n % 10}`);
  const kept = openQueue(all.reads);
  const first = kept.queue();
  const before = all.read();
  all.isServed('p7', 'log:10');
  kept.changed([moved('p7')]);
  const next = kept.queue();
  expect(all.read() - before).toBeLessThanOrEqual(2);
  expect([first.waiting.length, next.waiting.length]).toEqual([5_000, 4_999]);
  expect([first.share('o7').creating, next.share('o7').creating]).toEqual([0, 1]);
  expect(kept.queue()).toBe(next);
});

test('it is as if all had been read, whoever came and was served in whatever order', () => {
  const act = fc.tuple(fc.nat(11), fc.nat(3), fc.nat(5), fc.boolean());
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const all = rows();
      const kept = openQueue(all.reads);
      kept.queue();
      for (const [n, [who, organization, at, asks]] of acts.entries()) {
        const id = `p${who}`;
        const waits = kept.queue().waiting.some(({ providerId }) => providerId === id);
        if (waits) all.isServed(id, `log:${n + 1}`);
        else all.arrives(id, `o${who % (organization + 1)}`, `2026-01-0${at + 1}`);
        kept.changed([moved(id)]);
        if (asks) expect(toldOf(kept.queue())).toEqual(toldOf(openQueue(all.reads).queue()));
      }
      expect(toldOf(kept.queue())).toEqual(toldOf(openQueue(all.reads).queue()));
    }),
  );
});
