/** What calls about organizations and providers answer with. */
import Type from 'typebox';
import { refusalWords } from '../../../domain/eligibility.js';
import { mfaDevices } from '../../../domain/provider/mfa-device.js';
import { stagesInOrder } from '../../../domain/provider/stage-order.js';
import { stepTable } from '../../../domain/provider/steps.js';
import {
  choice,
  count,
  exactly,
  failedCall,
  flag,
  maybe,
  members,
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
import { etaRange } from './what-if-answers.js';

const stage = choice('Stage', stagesInOrder);
const step = choice('StepName', Object.keys(stepTable));

export const organizationAnswer = named('Organization', {
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

export const commandAnswer = named('CommandAnswer', { id: uuid, stage, name: maybe(text), ...onRecord });

const stepView = named('Step', {
  step,
  title: text,
  state: oneOf('pending', 'running', 'waiting', 'done', 'halted'),
  startedAt: maybe(time),
  finishedAt: maybe(time),
  waitsFor: maybe(text),
  reason: maybe(text),
  call: maybe(failedCall),
});

const halt = named('Halt', {
  step,
  reason: text,
  whoMustAct: oneOf('customer', 'operator'),
  words: text,
  call: maybe(failedCall),
  haltedAt: time,
});

const quarantine = named('SetAside', {
  since: time,
  words: text,
  stream: maybe(text),
  fromRevision: maybe(count),
  cause: maybe(text),
  reason: maybe(text),
});

const credentials = named('Credentials', {
  state: oneOf('issued', 'claimed', 'expired', 'reissuing'),
  generation: count,
  userName: maybe(text),
  loginUrl: maybe(text),
  expiresAt: maybe(time),
});

export const statusAnswer = named('Provider', {
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
  etaRange: maybe(etaRange),
  queue: maybe(exactly({ position: count, ahead: count })),
  quarantine: maybe(quarantine),
  halt: maybe(halt),
  account: maybe(
    exactly({
      id: text,
      payerId: maybe(text),
      rootless: maybe(flag),
      state: maybe(text),
      reason: maybe(text),
      words: maybe(text),
    }),
  ),
  credentials: maybe(credentials),
  mfa: maybe(exactly({ state: oneOf('not-seen', 'enrolled'), device: maybe(oneOf(...mfaDevices)) })),
  hardening: maybe(exactly({ lastCheckedAt: time })),
  position,
});

export const statusPage = pageOf('ProviderPage', statusAnswer, {
  standstill: maybe(reason),
  position: maybe(Type.String({ description: 'Up to where in the log the page holds everything; opaque.' })),
});

const causingFact = {
  ...{ position, type: text, actor: text, role: text, causationId: uuid },
  onBehalfOf: maybe(text),
};

const fact = named('Fact', {
  position,
  id: uuid,
  type: text,
  at: time,
  actor: text,
  role: text,
  onBehalfOf: maybe(text),
  causationId: text,
  correlationId: text,
  data: members('The event’s members, as docs/events.md lists them.'),
  causes: maybe(Type.Array(named('CausingFact', causingFact))),
  before: maybe(members('What it changed of the provider, as it was before.')),
  after: maybe(members('The same members after it; one that is missing here is gone.')),
});

export const historyPage = pageOf('History', fact);
