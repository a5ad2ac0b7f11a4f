/** What calls about the hardening of accounts in use answer with. */
import Type from 'typebox';
import { exceptionStates } from '../../../application/ports/exception-rows.js';
import { baselineSteps } from '../../../domain/provider/steps.js';
import {
  count,
  exactly,
  maybe,
  named,
  oneOf,
  onRecord,
  pageOf,
  position,
  reason,
  text,
  texts,
  time,
  uuid,
} from './shapes.js';

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
      why: maybe(text),
    }),
  ),
  guardrails: maybe(texts),
  exceptions: Type.Array(exactly({ object: text, owner: text, reason: text, until: time, grantedAt: time })),
  behind: Type.Array(oneOf(...baselineSteps)),
};

const rollout = {
  id: text,
  baselineVersion: text,
  digest: text,
  rollout: exactly({
    state: oneOf('none', 'canaries', 'running', 'paused', 'stopped', 'finished'),
    since: maybe(time),
    reason: maybe(oneOf('operator', 'canaries-done')),
    next: maybe(oneOf('canaries', 'running')),
    baselineVersion: maybe(text),
    digest: maybe(text),
    canaries: maybe(Type.Array(uuid)),
    perHour: maybe(count),
    stopAfterFailures: maybe(count),
    batch: maybe(Type.Array(uuid)),
    batchSince: maybe(time),
  }),
  upgraded: count,
  failed: Type.Array(uuid),
};

export const rolloutPlan = named('RolloutPlan', { ...rollout, added: texts, changed: texts, dropped: texts });
export const rolloutAnswer = named('Rollout', { ...rollout, ...onRecord });
export const hardeningAnswer = named('Hardening', { ...hardening, position: maybe(position) });
export const exceptionAnswer = named('HardeningException', { ...hardening, ...onRecord });
const exception = named('ListedException', {
  providerId: uuid,
  name: maybe(text),
  organization: maybe(text),
  accountId: maybe(text),
  object: text,
  owner: text,
  reason: text,
  grantedAt: time,
  until: time,
  state: oneOf(...exceptionStates),
  endedAt: maybe(time),
});

export const exceptionPage = pageOf('ExceptionPage', exception, {
  standstill: maybe(reason),
  setAside: maybe(
    Type.Array(
      exactly({
        ...{ providerId: uuid, name: maybe(text), organization: maybe(text), accountId: maybe(text) },
        ...{ since: time, words: text },
      }),
    ),
  ),
});
export const checkAnswer = named('HardeningCheck', { id: uuid, lastCheckedAt });
