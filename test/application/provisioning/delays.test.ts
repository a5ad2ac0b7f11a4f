/** How long a step may take under the brakes of its payer. */
import { expect, test } from '@jest/globals';
import { timedUnder } from '../../../src/application/provisioning/delays.js';
import type { Payer } from '../../../src/domain/payer.js';
import type { Owed } from '../../../src/domain/provider/saga.js';
import { minute } from '../../support/given.js';

const due: Owed = { step: 'CreateAccount', since: minute(10), deadline: minute(40) };
const open = (since: string | undefined): Payer => ({ vending: 'open', since });
const paused: Payer = { vending: 'paused', since: minute(12), reason: 'operator', words: 'Moving.' };

test.each<[string, readonly Payer[], string | undefined]>([
  ['counts from when it was owed where no brake was ever pulled', [open(undefined), open(undefined)], minute(40)],
  ['does not run while one is pulled', [open(undefined), paused], undefined],
  ['does not run while the one for all is pulled', [paused, open(undefined)], undefined],
  ['counts anew from the release of its own', [open(undefined), open(minute(20))], minute(50)],
  ['counts anew from the release of the one for all', [open(minute(25)), open(minute(20))], minute(55)],
  [
    'is not cut by a release that was long ago, or by a clock that is behind',
    [open(minute(-90)), open(minute(5))],
    minute(40),
  ],
])('the time to make an account %s', (_, brakes, deadline) => {
  expect(timedUnder(due, brakes).deadline).toBe(deadline);
});

test('no brake has a say in the time of another step', () => {
  const link: Owed = { ...due, step: 'LinkPayer' };
  expect(timedUnder(link, [paused, open(minute(20))])).toEqual(link);
});
