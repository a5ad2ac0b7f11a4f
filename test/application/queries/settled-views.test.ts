/** A status is made anew only where something of it may have changed. */
import { expect, test } from '@jest/globals';
import type { ProviderRow } from '../../../src/application/ports/read-models.js';
import { SettledViews } from '../../../src/application/queries/settled-views.js';
import type { Surroundings } from '../../../src/application/queries/step-view.js';
import { evolve } from '../../../src/domain/provider/evolve.js';
import { unknownProvider } from '../../../src/domain/provider/stages.js';
import { minute } from '../../support/given.js';
import * as s from '../../support/story.js';

const around = (more: Partial<Surroundings> = {}): Surroundings => ({
  ...{ now: 0, pace: {}, paceRange: {}, queue: undefined, seesAll: false },
  ...{ delayOf: () => undefined, triesOf: () => 2 },
  ...more,
});

function rowAfter(...events: Parameters<typeof evolve>[1][]): ProviderRow {
  const provider = events.reduce((known, event) => evolve(known, event, minute(0)), unknownProvider);
  return { providerId: 'p', provider, steps: {}, requestedAt: minute(0), changedAt: minute(0), position: 'log:1' };
}

test('while nothing moves, the same reader who comes again is given the same object', () => {
  const views = new SettledViews();
  const row = rowAfter(s.providerRequested);
  const first = views.of(row, around());
  const view = views.of(row, around());
  expect(view).toEqual(first);
  expect(views.of({ ...row }, around({ now: 9 }))).toBe(view);
  expect(views.of(row, around({ seesAll: true }))).not.toBe(view);
  expect(views.of({ ...row, position: 'log:2' }, around())).not.toBe(view);
});

test('a step under way tells how often it was tried, each time anew', () => {
  const views = new SettledViews();
  const row = rowAfter(s.providerRequested, s.termsAccepted, s.payerAssigned());
  const tried = (times: number) => {
    const { steps } = views.of(row, around({ triesOf: () => times }));
    return steps.flatMap(({ step, attempts }) => (attempts === undefined ? [] : [[step, attempts]]));
  };
  expect([tried(1), tried(2)]).toEqual([[['CreateAccount', 1]], [['CreateAccount', 2]]]);
});
