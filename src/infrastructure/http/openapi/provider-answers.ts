/** What calls about organizations and providers answer with. */
import Type from 'typebox';
import { refusalWords } from '../../../domain/eligibility.js';
import { stepTable } from '../../../domain/provider/steps.js';
import { stageNames } from '../routes/inputs.js';
import {
  count,
  exactly,
  failedCall,
  flag,
  hex,
  maybe,
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

const stage = oneOf(...stageNames);
const step = oneOf(...Object.keys(stepTable));

export const organizationAnswer = exactly({
  organization: text,
  facts: exactly({
    billable: flag,
    reseller: flag,
    customerOfReseller: flag,
    staff: flag,
    demo: flag,
    officeTerritories: texts,
  }),
  ...onRecord,
});

export const commandAnswer = exactly({ id: uuid, stage, name: maybe(text), ...onRecord });

const stepView = exactly({
  step,
  title: text,
  state: oneOf('pending', 'running', 'waiting', 'done', 'halted'),
  startedAt: maybe(time),
  finishedAt: maybe(time),
  waitsFor: maybe(text),
  reason: maybe(text),
  call: maybe(failedCall),
});

const halt = exactly({
  step,
  reason: text,
  whoMustAct: oneOf('customer', 'operator'),
  words: text,
  call: maybe(failedCall),
  haltedAt: time,
});

const quarantine = exactly({
  since: time,
  words: text,
  stream: maybe(text),
  fromRevision: maybe(count),
  cause: maybe(text),
  reason: maybe(text),
});

const credentials = exactly({
  state: oneOf('issued', 'claimed', 'expired', 'reissuing'),
  generation: count,
  userName: maybe(text),
  loginUrl: maybe(text),
  expiresAt: maybe(time),
});

export const statusAnswer = exactly({
  id: uuid,
  stage,
  organization: maybe(text),
  reasons: maybe(Type.Array(exactly({ reason: oneOf(...Object.keys(refusalWords)), words: text }))),
  name: maybe(text),
  origin: maybe(text),
  territory: maybe(text),
  requestedAt: time,
  changedAt: time,
  steps: Type.Array(stepView),
  etaSeconds: maybe(Type.Number({ minimum: 0 })),
  queue: maybe(exactly({ position: count, ahead: count })),
  quarantine: maybe(quarantine),
  halt: maybe(halt),
  account: maybe(
    exactly({ id: text, payerId: maybe(text), state: maybe(text), reason: maybe(text), words: maybe(text) }),
  ),
  credentials: maybe(credentials),
  position,
});

export const statusPage = pageOf(statusAnswer, { standstill: maybe(reason) });

export const historyPage = pageOf(
  exactly({
    position,
    id: uuid,
    type: text,
    at: time,
    actor: text,
    role: text,
    causationId: text,
    correlationId: text,
    data: Type.Record(Type.String(), Type.Unknown(), {
      description: 'The event’s members, as docs/events.md lists them.',
    }),
  }),
);

export const revealAnswer = exactly({
  userName: text,
  temporaryPassword: text,
  loginUrl: text,
  expiresAt: time,
  ...onRecord,
});

export const consoleAnswer = exactly({ url: text, goodForSeconds: count, ...onRecord });

export const meAnswer = exactly({ subject: text, organization: maybe(text), roles: texts });

export const territoriesAnswer = exactly({ version: text, items: Type.Array(exactly({ code: text, name: text })) });

export const termsAnswer = exactly({
  territory: text,
  documents: Type.Array(
    exactly({ party: oneOf('reseller', 'aws'), territory: text, version: text, digest: hex, text }),
  ),
});

export const optionsAnswer = exactly({
  items: Type.Array(
    exactly({
      origin: oneOf('new', 'migrated', 'existing'),
      title: text,
      offered: flag,
      reasons: Type.Array(reason),
    }),
  ),
  contact: text,
});
