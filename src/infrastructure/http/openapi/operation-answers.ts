/** What calls of operators, auditors and orchestrators answer with. */
import Type from 'typebox';
import {
  count,
  exactly,
  flag,
  maybe,
  named,
  oneOf,
  onRecord,
  pageOf,
  position,
  text,
  texts,
  time,
  uuid,
} from './shapes.js';

const brake = named('Brake', {
  state: oneOf('open', 'paused'),
  since: maybe(time),
  reason: maybe(text),
  words: maybe(text),
});

export const payersAnswer = named('Payers', {
  all: brake,
  items: Type.Array(
    exactly({
      id: text,
      territories: texts,
      accounts: count,
      accountsAllowed: count,
      roomLeft: Type.Integer(),
      creating: count,
      kept: count,
      creationsAtOnce: count,
      freeSlots: Type.Integer(),
      vending: brake,
    }),
  ),
});

export const payerAnswer = named('PayerBrake', {
  id: text,
  vending: oneOf('open', 'paused'),
  reason: maybe(text),
  words: maybe(text),
  since: maybe(time),
  ...onRecord,
});

export const queueAnswer = pageOf(
  'Queue',
  exactly({
    position: count,
    providerId: uuid,
    name: text,
    organization: text,
    territory: text,
    since: time,
    returnsTo: maybe(text),
    reason: text,
    words: text,
  }),
  { total: count },
);

export const projectionsAnswer = named('Projections', {
  items: Type.Array(
    exactly({
      name: text,
      position: maybe(position),
      caughtUp: flag,
      filling: flag,
      behind: exactly({ events: count, more: flag, seconds: Type.Number() }),
      stopped: maybe(text),
    }),
  ),
});

const standing = { id: text, state: oneOf('none', 'kept', 'drifted'), since: maybe(time), findings: maybe(texts) };

export const guardrailsAnswer = named('Guardrails', {
  ...standing,
  plan: exactly({
    digest: text,
    stage: text,
    organizationalUnit: text,
    policies: Type.Array(exactly({ name: text, digest: text, characters: count })),
    changes: Type.Array(exactly({ words: text, lines: texts })),
  }),
});

export const guardrailsApplied = named('GuardrailsApplied', { ...standing, ...onRecord });

const decision = { stream: text, fromRevision: count, cause: text, reason: text, since: time };

export const quarantineAnswer = named('Quarantine', {
  items: Type.Array(exactly(decision)),
  unreadable: Type.Array(exactly({ stream: text, revision: count, cause: text, readModels: texts })),
});

export const decisionAnswer = named('QuarantineDecision', {
  stream: text,
  quarantined: flag,
  fromRevision: maybe(count),
  cause: maybe(text),
  reason: maybe(text),
  since: maybe(time),
  ...onRecord,
});

const running = exactly({ since: time });

export const reconciliationAnswer = named('Reconciliation', {
  last: maybe(
    exactly({
      startedAt: time,
      finishedAt: time,
      listed: count,
      recorded: count,
      findings: Type.Array(
        exactly({
          kind: text,
          payerId: text,
          accountId: maybe(text),
          providerId: maybe(text),
          words: text,
          action: text,
        }),
      ),
      furtherFindings: maybe(count),
      caution: maybe(text),
    }),
  ),
  running: maybe(running),
});

export const reconciliationStarted = exactly({ running });

export const liveAnswer = exactly({ status: text, startedAt: maybe(time) });

export const readyAnswer = named('Readiness', {
  ok: flag,
  degraded: texts,
  checks: Type.Record(Type.String(), exactly({ ok: flag, detail: maybe(text) })),
  lagSeconds: Type.Integer({ minimum: 0 }),
});
