import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  allot,
  type PayerCapacity,
  type Queue,
  type Share,
  servingOrder,
  type Waiting,
  waitReason,
} from '../../../src/domain/queue/queue.js';

const waiting = (providerId: string, organization: string, since: string, territory = 'US'): Waiting => ({
  providerId,
  organization,
  since,
  territory,
  returnsTo: null,
});
const returning = (providerId: string, returnsTo: string): Waiting => ({ ...waiting(providerId, 'a', '1'), returnsTo });
const queue = (waiting: readonly Waiting[], shares: Readonly<Record<string, Partial<Share>>> = {}): Queue => ({
  waiting,
  share: (organization) => ({ creating: 0, lastTurn: 0, ...shares[organization] }),
});
const many = (organization: string, count: number, territory = 'US'): Waiting[] =>
  Array.from({ length: count }, (_, n) => waiting(`${organization}-${territory}-${n}`, organization, '1', territory));
const ids = (waiting: readonly Pick<Waiting, 'providerId'>[]) => waiting.map(({ providerId }) => providerId);
const payer = (payerId: string, room: Partial<PayerCapacity> = {}): PayerCapacity => ({
  payerId,
  territories: ['US'],
  creationsAtOnce: 5,
  accountsAllowed: 100,
  creating: 0,
  accounts: 0,
  kept: 0,
  ...room,
});

test('organizations take turns, each in its own order of arrival', () => {
  const order = servingOrder(
    queue([waiting('a1', 'a', '1'), waiting('a2', 'a', '2'), waiting('a3', 'a', '3'), waiting('b1', 'b', '4')]),
  );
  expect(ids(order)).toEqual(['a1', 'b1', 'a2', 'a3']);
});

test('who has a creation under way already comes after who has none', () => {
  const two = [waiting('a1', 'a', '1'), waiting('b1', 'b', '2')];
  expect(ids(servingOrder(queue(two, { a: { creating: 1, lastTurn: 1 }, b: { lastTurn: 9 } })))).toEqual(['b1', 'a1']);
});

test('among equals comes first who was served longest ago, and who never was before all', () => {
  const three = [waiting('a1', 'a', '1'), waiting('a2', 'a', '2'), waiting('b1', 'b', '3'), waiting('c1', 'c', '4')];
  const order = servingOrder(queue(three, { a: { lastTurn: 7 }, b: { lastTurn: 4 } }));
  expect(ids(order)).toEqual(['c1', 'b1', 'a1', 'a2']);
});

test('who was served just now comes after who has as much under way since longer', () => {
  const four = [waiting('a1', 'a', '1'), waiting('a2', 'a', '2'), waiting('b1', 'b', '3'), waiting('b2', 'b', '4')];
  const order = servingOrder(queue(four, { a: { lastTurn: 3 }, b: { creating: 1, lastTurn: 2 } }));
  expect(ids(order)).toEqual(['a1', 'b1', 'a2', 'b2']);
});

/** Serves the queue as often as asked, each time when the oldest creation has ended; the organizations in order. */
function servedInTurn(backlogs: readonly Waiting[], creationsAtOnce: number, times: number): string[] {
  const served: Waiting[] = [];
  let left = backlogs;
  const share = (organization: string): Share => ({
    creating: served.slice(-creationsAtOnce + 1 || served.length).filter((w) => w.organization === organization).length,
    lastTurn: served.findLastIndex((w) => w.organization === organization) + 1,
  });
  while (served.length < times) {
    const creating = Math.min(served.length, creationsAtOnce - 1);
    const [next] = allot({ waiting: left, share }, [
      payer('p1', { creationsAtOnce, creating, accountsAllowed: 10_000 }),
    ]);
    const one = left.find(({ providerId }) => providerId === next?.providerId);
    if (!one) throw new Error('Nobody was served.');
    left = left.filter((each) => each !== one);
    served.push(one);
  }
  return served.map(({ organization }) => organization);
}

test.each([1, 2, 3])(
  'with %i slots long backlogs of four organizations are served in turn, a newcomer next',
  (slots) => {
    const backlogs = ['a', 'b', 'c', 'd'].flatMap((organization) => many(organization, 20));
    const turns = servedInTurn([...backlogs, waiting('z', 'z', '9')], slots, 41);
    expect(turns.indexOf('z')).toBeLessThanOrEqual(4);
    const others = turns.filter((organization) => organization !== 'z');
    expect(others).toEqual(others.map((_, n) => ['a', 'b', 'c', 'd'][n % 4]));
  },
);

test('those whom no payer can take use up no turns of their organization', () => {
  const full = payer('p-uk', { territories: ['UK'], accounts: 100 });
  const open = payer('p-us', { creationsAtOnce: 3 });
  const backlog = [...many('a', 50, 'UK'), ...many('b', 100), waiting('a-us', 'a', '9')];
  expect(ids(allot(queue(backlog), [full, open]))).toEqual(['a-us', 'b-US-0', 'b-US-1']);
});

test('the payer with the most free slots that serves the territory is chosen', () => {
  const payers = [payer('p1', { creating: 4 }), payer('p2', { creating: 2 }), payer('p3', { territories: ['UK'] })];
  expect(allot(queue([waiting('a1', 'a', '1')]), payers)).toEqual([{ providerId: 'a1', payerId: 'p2' }]);
  expect(allot(queue([waiting('a1', 'a', '1', 'UK')]), payers)).toEqual([{ providerId: 'a1', payerId: 'p3' }]);
});

test('who returns to a payer takes a slot there alone, and the place among its accounts that was kept for it', () => {
  const free = payer('p2');
  expect(allot(queue([returning('a1', 'p1')]), [payer('p1', { creating: 5, kept: 1 }), free])).toEqual([]);
  expect(allot(queue([returning('a1', 'p9')]), [free])).toEqual([]);
  const full = payer('p1', { accountsAllowed: 3, accounts: 2, kept: 1 });
  const order = [waiting('b1', 'b', '1'), returning('a1', 'p1'), waiting('b2', 'b', '2')];
  expect(allot(queue(order), [full])).toEqual([{ providerId: 'a1', payerId: 'p1' }]);
  expect(allot(queue([returning('a1', 'p1')]), [{ ...full, territories: [] }])).toHaveLength(1);
});

test('no payer is ever given more than it has slots and accounts for, and nobody who could be served is left out', () => {
  const room = { creating: fc.nat(6), accounts: fc.nat(12), accountsAllowed: fc.nat(12) };
  const rooms = fc.array(fc.record(room), { maxLength: 4 });
  const returns = fc.array(fc.option(fc.nat(3)), { maxLength: 30 });
  const property = fc.property(returns, rooms, (wishes, given) => {
    const queued = wishes.map((n, i) => ({
      ...waiting(`w${i}`, `o${i % 3}`, String(i).padStart(3, '0')),
      returnsTo: n === null ? null : `p${n}`,
    }));
    const keptAt = (id: string): number => queued.filter(({ returnsTo }) => returnsTo === id).length;
    const payers = given.map((each, i) => payer(`p${i}`, { ...each, kept: keptAt(`p${i}`) }));
    const allotted = allot(queue(queued), payers);
    const after = payers.map((p) => {
      const mine = allotted.filter(({ payerId }) => payerId === p.payerId);
      const back = mine.filter(({ providerId }) => queued[Number(providerId.slice(1))]?.returnsTo === p.payerId).length;
      return { ...p, creating: p.creating + mine.length, kept: p.kept - back, taken: mine.length };
    });
    for (const p of after.filter(({ taken }) => taken > 0)) {
      expect(p.creating).toBeLessThanOrEqual(p.creationsAtOnce);
      expect(p.accounts + p.creating + p.kept).toBeLessThanOrEqual(p.accountsAllowed);
    }
    const served = new Set(allotted.map(({ providerId }) => providerId));
    expect(allot(queue(queued.filter(({ providerId }) => !served.has(providerId))), after)).toEqual([]);
    expect(new Set(allotted.map((a) => a.providerId)).size).toBe(allotted.length);
  });
  fc.assert(property);
});

test('who waits is told whether a slot or room is missing', () => {
  const a1 = waiting('a1', 'a', '1');
  expect(waitReason(a1, [payer('p1', { creating: 5 })])).toBe('slot-awaited');
  expect(waitReason(a1, [payer('p1', { accounts: 100 })])).toBe('payer-full');
  expect(waitReason(a1, [payer('p1', { accounts: 99, kept: 1 })])).toBe('payer-full');
  expect(waitReason({ ...a1, territory: 'UK' }, [payer('p1')])).toBe('payer-full');
});

test('who returns to a payer waits for that one, whatever room others have', () => {
  const free = payer('p2');
  expect(waitReason(returning('a1', 'p1'), [payer('p1', { creating: 5, kept: 1 }), free])).toBe('slot-awaited');
  expect(waitReason(returning('a1', 'p1'), [payer('p1', { accounts: 99, kept: 1 }), free])).toBe('slot-awaited');
  expect(waitReason(returning('a1', 'p1'), [payer('p1', { accounts: 100, kept: 1 }), free])).toBe('payer-full');
  expect(waitReason(returning('a1', 'p1'), [free])).toBe('payer-full');
});
