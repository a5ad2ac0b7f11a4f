import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allot, lineUp, type PayerRoom, servingOrder, type Waiting, waitReason } from '../../src/domain/queue.js';

const waiting = (providerId: string, organization: string, since: string, territory = 'US'): Waiting => ({
  providerId,
  organization,
  since,
  territory,
});
const payer = (payerId: string, room: Partial<PayerRoom> = {}): PayerRoom => ({
  payerId,
  territories: ['US'],
  creationsAtOnce: 5,
  accountsAllowed: 100,
  creating: 0,
  accounts: 0,
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

test('no payer is ever given more than it has slots and accounts for', () => {
  const rooms = fc.array(fc.record({ creating: fc.nat(6), accounts: fc.nat(12), accountsAllowed: fc.nat(12) }), {
    maxLength: 4,
  });
  const property = fc.property(fc.nat(30), rooms, (many, given) => {
    const payers = given.map((room, i) => payer(`p${i}`, room));
    const queue = Array.from({ length: many }, (_, i) => waiting(`w${i}`, `o${i % 3}`, String(i).padStart(3, '0')));
    const allotted = allot(queue, payers);
    for (const p of payers) {
      const taken = allotted.filter((a) => a.payerId === p.payerId).length;
      if (taken === 0) continue;
      expect(p.creating + taken).toBeLessThanOrEqual(p.creationsAtOnce);
      expect(p.accounts + p.creating + taken).toBeLessThanOrEqual(p.accountsAllowed);
    }
    expect(new Set(allotted.map((a) => a.providerId)).size).toBe(allotted.length);
  });
  fc.assert(property);
});

test('who waits is told whether a slot or room is missing', () => {
  expect(waitReason('US', [payer('p1', { creating: 5 })])).toBe('slot-awaited');
  expect(waitReason('US', [payer('p1', { accounts: 100 })])).toBe('payer-full');
  expect(waitReason('UK', [payer('p1')])).toBe('payer-full');
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
