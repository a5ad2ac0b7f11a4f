/** The queue is kept: whatever moves, only those concerned are read again, and it is as if all had been. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import { nothingSetAside } from '../../src/domain/quarantine.js';
import type { Queue } from '../../src/domain/queue/queue.js';
import type { Arrived } from '../../src/projections/provider-status/due-reads.js';
import { keepQueue, type QueueReads } from '../../src/projections/queue.js';
import { cause } from '../support/events.js';
import { payerAssigned } from '../support/story.js';

/** Rows as two read models could hold them, counting who is read. */
function rows() {
  const organizations = new Map<string, string>();
  const since = new Map<string, string>();
  const arrived = new Map<string, string>();
  const shares = new Map<string, { creating: number; lastTurn: string | null }>();
  let read = 0;
  const of = (providerId: string): string => organizations.get(providerId) ?? '';
  const waitingOf = (providerId: string): Arrived | undefined => {
    const at = since.get(providerId);
    const organization = of(providerId);
    const arrivedAt = arrived.get(providerId) ?? null;
    return at === undefined
      ? undefined
      : { providerId, organization, territory: 'US', since: at, returnsTo: null, arrivedAt };
  };
  const reads: QueueReads = {
    waiting() {
      const all = [...since.keys()].flatMap((id) => waitingOf(id) ?? []);
      read += all.length;
      return all;
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
    arrives(providerId: string, organization: string, at: string, arrivedAt?: string): void {
      organizations.set(providerId, organization);
      if (arrivedAt !== undefined) arrived.set(providerId, arrivedAt);
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

test('the order of arrival is that of the log, whatever the clocks of those who wrote said', () => {
  const all = rows();
  all.arrives('p1', 'o1', '2026-01-03', 'log:9');
  all.arrives('p2', 'o2', '2026-01-02', 'log:10');
  all.arrives('p3', 'o3', '2026-01-01', 'log:11');
  // What a former version wrote does not know where it stands in the log; it was there before all that do.
  all.arrives('p4', 'o4', '2026-01-05');
  all.arrives('p5', 'o5', '2026-01-04');
  const kept = openQueue(all.reads);
  const order = () => kept.queue().waiting.map(({ providerId }) => providerId);
  expect(order()).toEqual(['p5', 'p4', 'p1', 'p2', 'p3']);
  all.arrives('p6', 'o6', '2025-01-01', 'log:12');
  kept.changed([moved('p6')]);
  expect(order()).toEqual(['p5', 'p4', 'p1', 'p2', 'p3', 'p6']);
  const last = { providerId: 'p0', organization: 'o0', territory: 'US', since: '2020-01-01', returnsTo: null };
  expect(kept.queueWith(last).waiting.at(-1)).toBe(last);
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
        else
          all.arrives(
            id,
            `o${who % (organization + 1)}`,
            `2026-01-0${at + 1}`,
            at % 2 === 0 ? `log:${n + 1}` : undefined,
          );
        kept.changed([moved(id)]);
        if (asks) expect(toldOf(kept.queue())).toEqual(toldOf(openQueue(all.reads).queue()));
      }
      expect(toldOf(kept.queue())).toEqual(toldOf(openQueue(all.reads).queue()));
    }),
  );
});
