/** Conditions that are looked at when a slot is given: who does not meet them waits, visibly, and keeps nobody else waiting. */
import { afterEach, expect, test } from '@jest/globals';
import { refusalWords } from '../../../src/domain/eligibility.js';
import { factsOfType } from '../../support/facts.js';
import { eligible } from '../../support/story.js';
import { openVending, type Vending } from '../../support/vending.js';

let vending: Vending;
afterEach(() => vending.close());

const second = 1_000;
const options = { createAccountMs: 20 * second, payers: ['payer-1'], creationsAtOnce: 1 };
const delays = () => factsOfType(vending.facts, 'StepDelayed').map(({ id, event }) => [id, event.reason, event.words]);
const createdFor = () => factsOfType(vending.facts, 'AccountCreated').map(({ id }) => id);

test('an organization that is not billable any more waits with a reason while others are served, and goes on once it is', async () => {
  vending = openVending(options);
  await vending.report('acme', eligible);
  const [first = ''] = await vending.accepted('acme', 1);
  await vending.report('acme', { ...eligible, billable: false });
  const [second_ = ''] = await vending.accepted('other', 1);
  vending.start();
  await vending.passUntil(() => createdFor().length === 1);
  expect(createdFor()).toEqual([second_]);
  expect(delays()).toContainEqual([
    first,
    'organization-ineligible',
    expect.stringContaining(refusalWords['not-billable']),
  ]);
  await vending.report('acme', eligible);
  await vending.passUntil(() => createdFor().length === 2);
  expect(createdFor()).toEqual([second_, first]);
  expect(delays().filter(([id, reason]) => id === first && reason === 'organization-ineligible')).toHaveLength(1);
  expect(vending.errors).toEqual([]);
});

test.each([
  ['territory-not-served', { territories: [] }],
  ['terms-withdrawn', { terms: [] }],
] as const)('nobody is given a slot where the condition is not met: %s', async (reason, changes) => {
  vending = openVending({ ...options, ...changes });
  const [id] = await vending.accepted('acme', 1);
  vending.start();
  await vending.passUntil(() => delays().length === 1);
  expect(delays()).toEqual([[id, reason, expect.stringContaining('US')]]);
  expect(factsOfType(vending.facts, 'PayerAssigned')).toEqual([]);
});
