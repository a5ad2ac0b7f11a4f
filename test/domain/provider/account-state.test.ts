/** What AWS says of an active provider's account goes on record once, and while it is at its end nothing is owed. */
import { expect, test } from '@jest/globals';
import { observed } from '../../../src/domain/provider/account-state.js';
import type { ProviderEvent } from '../../../src/domain/provider/events.js';
import { evolve } from '../../../src/domain/provider/evolve.js';
import { owed, record } from '../../../src/domain/provider/saga.js';
import { type Provider, unknownProvider } from '../../../src/domain/provider/stages.js';
import * as s from '../../support/story.js';

const at = '2026-11-24T08:00:00.000Z';
const fold = (events: readonly ProviderEvent[]): Provider =>
  events.reduce((provider, event) => evolve(provider, event, at), unknownProvider);
const seen = (state: string) => ({ type: 'AccountStateObserved', state }) as const;

test.each(['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'])('%s is recorded once, and then nothing is owed', (state) => {
  const active = fold(s.active);
  expect(observed(state, active)).toEqual([seen(state)]);
  expect(record('SettleCredentials', seen(state), active)).toEqual([seen(state)]);
  const after = fold([...s.active, seen(state)]);
  expect(observed(state, after)).toEqual([]);
  expect(owed(active)).not.toEqual([]);
  expect(owed(after)).toEqual([]);
});

test('an account that lives again is recorded, and what was owed is owed from then on', () => {
  const suspended = fold([...s.active, seen('SUSPENDED')]);
  expect(observed('ACTIVE', suspended)).toEqual([seen('ACTIVE')]);
  const again = evolve(suspended, seen('ACTIVE'), '2026-11-25T08:00:00.000Z');
  expect(owed(again)).toEqual([{ step: 'SettleCredentials', since: '2026-11-25T08:00:00.000Z', deadline: undefined }]);
});

test('nothing is recorded of an account that is as it was, that is not active yet, or of a word without meaning here', () => {
  expect(observed('ACTIVE', fold(s.active))).toEqual([]);
  expect(observed('SUSPENDED', fold(s.ready))).toEqual([]);
  expect(observed('PENDING_ACTIVATION', fold(s.active))).toEqual([]);
});

test('a halt over an active provider keeps what is seen beneath it', () => {
  const halted = fold([...s.active, s.halted('SettleCredentials')]);
  expect(observed('CLOSED', halted)).toEqual([seen('CLOSED')]);
  expect(evolve(halted, seen('CLOSED'), at)).toMatchObject({ stage: 'halted', from: { accountState: 'CLOSED' } });
});
