/** What is answered to who asks what a call would come to. */
import Type from 'typebox';
import { stepTable } from '../../../domain/provider/steps.js';
import { count, exactly, flag, maybe, members, named, oneOf, reason, text, texts, uuid } from './shapes.js';

/** Seconds; a tenth of the like were done faster, and a tenth more slowly. */
export const etaRange = named('EtaRange', { fromSeconds: count, toSeconds: count });

const prospect = named('Prospect', {
  slotFree: flag,
  payerId: maybe(text),
  payers: maybe(texts),
  waitsFor: maybe(reason),
  queue: exactly({ position: count, ahead: count }),
  etaRange: maybe(etaRange),
  steps: Type.Array(exactly({ step: oneOf(...Object.keys(stepTable)), title: text, calls: texts })),
});

export const whatIfAnswer = named('WhatIf', {
  dryRun: flag,
  id: uuid,
  events: Type.Array(exactly({ type: text, data: members('The event’s members, as docs/events.md lists them.') })),
  reasons: Type.Array(reason),
  prospect: maybe(prospect),
});
