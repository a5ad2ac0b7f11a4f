/** What came of deliveries is in the file soon after it was noted, whether more follows or not. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Deliveries, Delivery } from '../../../src/application/ports/webhook-sender.js';
import { openDeliveries, openDeliveriesFile } from '../../../src/projections/webhook-deliveries/webhook-deliveries.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { until } from '../../support/waiting.js';

const delivery = (tries: number): Delivery => ({
  ...{ at: '2026-11-24T00:00:00.000Z', messageId: 'm', type: 't', outcome: 'delivered' },
  ...{ tries, status: 204, ms: 1 },
});

let file: DatabaseSync;
let other: DatabaseSync;
let deliveries: Deliveries;

beforeEach(() => {
  const folder = temporaryFolder();
  file = openDeliveriesFile(folder);
  deliveries = openDeliveries(file);
  other = new DatabaseSync(join(folder, 'webhook-deliveries.db'), { readOnly: true });
});
afterEach(() => {
  other.close();
  if (file.isOpen) file.close();
});

/** How many another process finds, which is what a crash leaves. */
const written = (): number => Number(other.prepare('SELECT count(*) AS n FROM webhook_delivery').get()?.n);

test('one that comes right after the last was written is written too, though none follows', async () => {
  deliveries.note('w', delivery(1));
  deliveries.note('w', delivery(2));
  expect(written()).toBe(1);
  await until(
    async () => written(),
    (count) => count === 2,
  );
  expect(deliveries.last('w').map(({ tries }) => tries)).toEqual([2, 1]);
});

test('many are written together before they are too many to lose', () => {
  for (let n = 0; n < 51; n++) deliveries.note('w', delivery(n));
  expect(written()).toBe(50);
});

test('what waits is written before the file is closed, and no timer is left for a closed file', () => {
  jest.useFakeTimers();
  try {
    deliveries.note('w', delivery(1));
    deliveries.note('w', delivery(2));
    expect([written(), jest.getTimerCount()]).toEqual([1, 1]);
    deliveries.keep();
    expect([written(), jest.getTimerCount()]).toEqual([2, 0]);
  } finally {
    jest.useRealTimers();
  }
});

test('a file that turns out to be damaged while nobody looks is found by the next who does', () => {
  jest.useFakeTimers();
  try {
    deliveries.note('w', delivery(1));
    file.exec('DROP TABLE webhook_delivery');
    deliveries.note('w', delivery(2));
    jest.advanceTimersByTime(1_000);
    expect(jest.getTimerCount()).toBe(0);
    expect(() => deliveries.note('w', delivery(3))).toThrow(/no such table/);
  } finally {
    jest.useRealTimers();
  }
});
