import { expect, test } from '@jest/globals';
import { Refusal } from '../../../src/domain/refusal.js';
import type { WebhookEvent } from '../../../src/domain/webhooks/events.js';
import {
  decideWebhook,
  evolveWebhook,
  unknownWebhook,
  type Webhook,
  type WebhookCommand,
} from '../../../src/domain/webhooks/webhook.js';
import { minute } from '../../support/given.js';

const asked = { organization: 'acme', url: 'https://hooks.customer.example/in', types: ['TermsAccepted'] };
const subscribed: WebhookEvent = { type: 'WebhookSubscribed', ...asked };
const rotated: WebhookEvent = { type: 'WebhookRotated', generation: 2, formerUntil: minute(1_440) };
const failing: WebhookEvent = { type: 'WebhookDisabled', reason: 'failing', words: 'It answered 500.' };
const enabled: WebhookEvent = { type: 'WebhookEnabled' };
const removed: WebhookEvent = { type: 'WebhookRemoved' };

const rotate: WebhookCommand = { type: 'Rotate', formerUntil: minute(1_440) };
const disable: WebhookCommand = { type: 'Disable', reason: 'failing', words: 'It answered 500.' };

/** The webhook after a history whose events are a minute apart. */
const fold = (...history: readonly WebhookEvent[]): Webhook =>
  history.reduce((webhook, event, n) => evolveWebhook(webhook, event, minute(n)), unknownWebhook);

test('a subscription names each type once and in order, and cannot be made twice', () => {
  const command: WebhookCommand = { type: 'Subscribe', asked: { ...asked, types: ['B', 'A', 'B'] } };
  expect(decideWebhook(command, unknownWebhook)).toEqual([{ ...subscribed, types: ['A', 'B'] }]);
  expect(() => decideWebhook(command, fold(subscribed))).toThrow('subscribed already');
});

test('a repeat of what took effect records nothing', () => {
  expect(decideWebhook(disable, fold(subscribed))).toEqual([failing]);
  expect(decideWebhook(disable, fold(subscribed, failing))).toEqual([]);
  expect(decideWebhook({ type: 'Enable' }, fold(subscribed, failing))).toEqual([enabled]);
  expect(decideWebhook({ type: 'Enable' }, fold(subscribed))).toEqual([]);
  expect(decideWebhook({ type: 'Remove' }, fold(subscribed))).toEqual([removed]);
  expect(decideWebhook({ type: 'Remove' }, fold(subscribed, removed))).toEqual([]);
});

test('each rotation makes the next secret, in whatever stage', () => {
  expect(decideWebhook(rotate, fold(subscribed))).toEqual([rotated]);
  expect(decideWebhook(rotate, fold(subscribed, failing, rotated))).toEqual([{ ...rotated, generation: 3 }]);
  expect(fold(subscribed, failing, rotated)).toMatchObject({ stage: 'disabled', generation: 2, since: minute(1) });
});

test('a disabled webhook says why and since when, and an enabled one no more', () => {
  expect(fold(subscribed, failing)).toMatchObject({ reason: 'failing', words: 'It answered 500.', since: minute(1) });
  expect(fold(subscribed, failing, enabled)).toEqual({ ...fold(subscribed), since: minute(2) });
});

test('a replay begins anew from its position, or from the start of the log', () => {
  const replayed = (after?: string): WebhookEvent => ({ type: 'WebhookReplayed', ...(after && { after }) });
  expect(decideWebhook({ type: 'Replay', after: 'log:3' }, fold(subscribed))).toEqual([replayed('log:3')]);
  expect(fold(subscribed)).toMatchObject({ starts: 1, startsAfter: { from: 'its-fact' } });
  expect(fold(subscribed, replayed())).toMatchObject({ starts: 2, startsAfter: { from: 'log' } });
  expect(fold(subscribed, replayed(), replayed('log:3'))).toMatchObject({
    starts: 3,
    startsAfter: { from: 'position', position: 'log:3' },
  });
});

test('of what is not there, or removed, there is nothing to change', () => {
  for (const webhook of [unknownWebhook, fold(subscribed, removed)])
    for (const command of [rotate, disable, { type: 'Enable' }, { type: 'Replay', after: undefined }] as const)
      expect(() => decideWebhook(command, webhook)).toThrow(Refusal);
});

test('history that breaks its life stops the reader', () => {
  expect(() => fold(rotated)).toThrow('WebhookRotated in stage unknown');
  expect(() => fold(subscribed, subscribed)).toThrow('WebhookSubscribed in stage enabled');
  expect(() => fold(subscribed, removed, enabled)).toThrow('WebhookEnabled in stage removed');
  expect(() => fold(subscribed, rotated, rotated)).toThrow('secret 2 after secret 2');
});
