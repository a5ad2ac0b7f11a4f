/** Who is resumed at once is chosen once, and only who is halted so. */
import { expect, test } from '@jest/globals';
import { isHaltedBy } from '../../src/application/commands/halted-providers.js';
import type { ProviderEvent } from '../../src/domain/provider/events.js';
import { evolve } from '../../src/domain/provider/evolve.js';
import { unknownProvider } from '../../src/domain/provider/stages.js';
import { evolveResumption, nobodyResumed, startResumption } from '../../src/domain/resumption.js';
import { creationRequested, halted, payerAssigned, providerRequested, termsAccepted } from '../support/story.js';

const outage = { reason: 'outage' };

test('a resumption begins once, with those who were chosen then', () => {
  const [begun, ...more] = startResumption(outage, ['a', 'b'], nobodyResumed);
  expect([begun, more]).toEqual([{ type: 'ResumptionStarted', reason: 'outage', providers: ['a', 'b'] }, []]);
  if (!begun) throw new Error('nothing was begun');
  const state = evolveResumption(nobodyResumed, begun);
  expect([startResumption(outage, ['c'], state), startResumption(outage, [], nobodyResumed)]).toEqual([[], []]);
});

test('all that is asked for must fit, and only who is halted fits', () => {
  const story = [providerRequested, termsAccepted, payerAssigned(), creationRequested()];
  const moving = story.reduce(
    (provider, event) => evolve(provider, event, '2026-11-24T08:00:00.000Z'),
    unknownProvider,
  );
  const still = evolve(moving, { ...halted(), reason: 'outage' } as ProviderEvent, '2026-11-24T08:09:00.000Z');
  expect([isHaltedBy({}, moving), isHaltedBy({}, still), isHaltedBy(outage, still)]).toEqual([false, true, true]);
  expect(isHaltedBy({ ...outage, step: 'CreateAccount', payer: 'payer-1' }, still)).toBe(true);
  for (const other of [{ reason: 'other' }, { step: 'LinkPayer' }, { payer: 'payer-2' }])
    expect(isHaltedBy({ ...outage, ...other }, still)).toBe(false);
});
