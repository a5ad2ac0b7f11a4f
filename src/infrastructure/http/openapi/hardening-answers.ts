/** What calls about the hardening of accounts in use answer with. */
import Type from 'typebox';
import { baselineSteps } from '../../../domain/provider/steps.js';
import { exactly, maybe, named, oneOf, onRecord, text, texts, time, uuid } from './shapes.js';

const lastCheckedAt = maybe(time);

const hardening = {
  id: uuid,
  state: oneOf('held', 'drifted'),
  lastCheckedAt,
  findings: Type.Array(
    exactly({
      object: text,
      changes: texts,
      repair: oneOf('now', 'after-notice', 'none'),
      since: time,
      permissionsTakenAt: maybe(time),
    }),
  ),
  guardrails: maybe(texts),
  exceptions: Type.Array(exactly({ object: text, owner: text, reason: text, until: time, grantedAt: time })),
  behind: Type.Array(oneOf(...baselineSteps)),
};

export const hardeningAnswer = named('Hardening', hardening);
export const exceptionAnswer = named('HardeningException', { ...hardening, ...onRecord });
export const checkAnswer = named('HardeningCheck', { id: uuid, lastCheckedAt });
