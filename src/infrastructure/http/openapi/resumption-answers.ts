/** What the resumption of many answers with. */
import Type from 'typebox';
import { count, maybe, named, oneOf, onRecord, reason, text, time, uuid } from './shapes.js';

export const resumptionPlan = named('ResumptionPlan', {
  dryRun: Type.Literal(true),
  items: Type.Array(
    named('HaltedProvider', {
      id: uuid,
      organization: text,
      name: text,
      step: text,
      reason: text,
      payerId: maybe(text),
      haltedAt: time,
    }),
  ),
  left: count,
  standstill: maybe(reason),
});

export const resumptionAnswer = named('Resumption', {
  items: Type.Array(
    named('ResumedProvider', { id: uuid, outcome: oneOf('resumed', 'passed-over'), stage: maybe(text) }),
  ),
  left: count,
  standstill: maybe(reason),
  ...onRecord,
});
