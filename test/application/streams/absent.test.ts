/** What is not there is absent: no folded state stands an empty text for it, which every reader would have to know. */
import { expect, test } from '@jest/globals';
import { aggregates } from '../../../src/application/streams/aggregates.js';
import type { DomainEvent, StreamKind } from '../../../src/domain/events.js';
import { sample } from '../../support/events.js';
import * as s from '../../support/story.js';

/** Where in a value an empty text is. */
function emptyTexts(value: unknown, path = ''): readonly string[] {
  if (value === '') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => emptyTexts(member, `${path}/${name}`));
}

const rolledOut = [sample('BaselineRolloutStarted'), sample('BaselineBatchBegun')];
const histories: readonly (readonly [StreamKind, readonly DomainEvent[]])[] = [
  ...(Object.keys(aggregates) as StreamKind[]).map((kind) => [kind, []] as const),
  ['provider', s.active],
  ['provider', [...s.created.slice(0, -1), s.payerRefused(), s.payerAssigned('payer-2')]],
  ['payer', [sample('VendingPaused'), sample('VendingResumed')]],
  ['webhook', [sample('WebhookSubscribed'), sample('WebhookRotated'), sample('WebhookDisabled')]],
  ['refusals', [sample('RefusalNoted')]],
  ['rollout', rolledOut],
  ['round', [sample('HardeningRoundCompleted')]],
  ['hardening', [sample('DriftDetected'), sample('BaselineExceptionGranted')]],
];

test.each(histories)('%s, history %#', (kind, events) => {
  const { initial, evolve } = aggregates[kind] as unknown as {
    readonly initial: unknown;
    evolve(state: unknown, event: DomainEvent, at: string, actor: string): unknown;
  };
  let state = initial;
  expect(emptyTexts(state)).toEqual([]);
  for (const event of events) {
    state = evolve(state, event, '2026-11-24T08:00:00.000Z', 'https://identity.example#subject-1');
    expect([event.type, emptyTexts(state)]).toEqual([event.type, []]);
  }
});
