import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allot, lineUp, type PayerRoom, servingOrder, type Waiting, waitReason } from '../../src/domain/queue.js';

const waiting = (providerId: string, organization: string, since: string, territory = 'US'): Waiting => ({
  providerId,
  organization,
  since,
  territory,
  returnsTo: null,
});
const returning = (providerId: string, returnsTo: string): Waiting => ({ ...waiting(providerId, 'a', '1'), returnsTo });
const payer = (payerId: string, room: Partial<PayerRoom> = {}): PayerRoom => ({
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
    [waiting('a1', 'a', '1'), waiting('a2', 'a', '2'), waiting('a3', 'a', '3'), waiting('b1', 'b', '4')],
    {},
  );
  expect(order.map((w) => w.providerId)).toEqual(['a1', 'b1', 'a2', 'a3']);
});

test('who has a creation under way already comes after who has none', () => {
  const order = servingOrder([waiting('a1', 'a', '1'), waiting('b1', 'b', '2')], { a: 1 });
  expect(order.map((w) => w.providerId)).toEqual(['b1', 'a1']);
});

test('the payer with the most free slots that serves the territory is chosen', () => {
  const payers = [payer('p1', { creating: 4 }), payer('p2', { creating: 2 }), payer('p3', { territories: ['UK'] })];
  expect(allot([waiting('a1', 'a', '1')], payers)).toEqual([{ providerId: 'a1', payerId: 'p2' }]);
  expect(allot([waiting('a1', 'a', '1', 'UK')], payers)).toEqual([{ providerId: 'a1', payerId: 'p3' }]);
});

test('who returns to a payer takes a slot there alone, and the place among its accounts that was kept for it', () => {
  const free = payer('p2');
  expect(allot([returning('a1', 'p1')], [payer('p1', { creating: 5, kept: 1 }), free])).toEqual([]);
  expect(allot([returning('a1', 'p9')], [free])).toEqual([]);
  const full = payer('p1', { accountsAllowed: 3, accounts: 2, kept: 1 });
  const order = [waiting('b1', 'b', '1'), returning('a1', 'p1'), waiting('b2', 'b', '2')];
  expect(allot(order, [full])).toEqual([{ providerId: 'a1', payerId: 'p1' }]);
  expect(allot([returning('a1', 'p1')], [{ ...full, territories: [] }])).toHaveLength(1);
});

test('no payer is ever given more than it has slots and accounts for, and nobody who could be served is left out', () => {
  const room = { creating: fc.nat(6), accounts: fc.nat(12), accountsAllowed: fc.nat(12) };
  const rooms = fc.array(fc.record(room), { maxLength: 4 });
  const returns = fc.array(fc.option(fc.nat(3)), { maxLength: 30 });
  const property = fc.property(returns, rooms, (queued, given) => {
    const queue = queued.map((n, i) => ({
      ...waiting(`w${i}`, `o${i % 3}`, String(i).padStart(3, '0')),
      returnsTo: n === null ? null : `p${n}`,
    }));
    const keptAt = (id: string): number => queue.filter(({ returnsTo }) => returnsTo === id).length;
    const payers = given.map((each, i) => payer(`p${i}`, { ...each, kept: keptAt(`p${i}`) }));
    const allotted = allot(queue, payers);
    const after = payers.map((p) => {
      const mine = allotted.filter(({ payerId }) => payerId === p.payerId);
      const back = mine.filter(({ providerId }) => queue[Number(providerId.slice(1))]?.returnsTo === p.payerId).length;
      return { ...p, creating: p.creating + mine.length, kept: p.kept - back, taken: mine.length };
    });
    for (const p of after.filter(({ taken }) => taken > 0)) {
      expect(p.creating).toBeLessThanOrEqual(p.creationsAtOnce);
      expect(p.accounts + p.creating + p.kept).toBeLessThanOrEqual(p.accountsAllowed);
    }
    const served = new Set(allotted.map(({ providerId }) => providerId));
    expect(
      allot(
        queue.filter(({ providerId }) => !served.has(providerId)),
        after,
      ),
    ).toEqual([]);
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

test('in line everybody knows how many are served before', () => {
  const line = lineUp([waiting('a1', 'a', '1'), waiting('a2', 'a', '2'), waiting('b1', 'b', '3')], {});
  expect(line.order.map(({ providerId }) => [providerId, line.ahead(providerId)])).toEqual([
    ['a1', 0],
    ['b1', 1],
    ['a2', 2],
  ]);
  expect(line.ahead('c1')).toBeUndefined();
});
