/** Every command at every stage: what is refused says so in words that fit the stage; all else is done or is a repeat. */
import { expect, test } from '@jest/globals';
import { decide, type ProviderCommand } from '../../../src/domain/provider/decide.js';
import type { ProviderEvent } from '../../../src/domain/provider/events.js';
import { notThereYet } from '../../../src/domain/provider/not-there-yet.js';
import type { Provider } from '../../../src/domain/provider/stages.js';
import { Refusal } from '../../../src/domain/refusal.js';
import { fold } from '../../support/given.js';
import * as s from '../../support/story.js';

const { facts, organizationRevision, organization, name, territory, requestDigest } = s.requestProvider;
const refused: ProviderEvent = {
  ...{ type: 'ProviderRefused', organization, organizationRevision, facts: { ...facts, demo: true }, name, territory },
  ...{ reasons: ['demo'], requestDigest },
};
const asked = s.created.slice(0, 4);
const withdrawn: ProviderEvent = { type: 'ProviderWithdrawn' };

/** A history for each stage, and for what else a person can see of one. */
const histories = {
  unknown: [],
  refused: [refused],
  requested: [s.providerRequested],
  withdrawn: [s.providerRequested, withdrawn],
  accepted: [s.providerRequested, s.termsAccepted],
  'accepted again': [...asked, s.payerRefused()],
  assigned: asked.slice(0, 3),
  creating: asked,
  'halted without an account': [...asked, s.halted()],
  resumed: [...asked, s.halted(), s.resumed],
  created: s.created,
  linked: [...s.created, s.payerLinked],
  ready: s.ready,
  hardened: s.hardened,
  proven: s.proven,
  active: s.active,
  reissuing: [...s.active, s.reissued(2)],
  'halted with credentials': [...s.active, s.halted('SettleCredentials')],
} as const satisfies Record<string, readonly ProviderEvent[]>;
type Where = keyof typeof histories;

const newer = s.acceptTerms.documents.map((document) => ({ ...document, version: '2030-01' }));
const commands = {
  request: s.requestProvider,
  'request something else': { ...s.requestProvider, requestDigest: '0'.repeat(64) },
  'accept the terms': s.acceptTerms,
  'accept other terms': { ...s.acceptTerms, documents: newer },
  withdraw: { type: 'Withdraw' },
  rename: { type: 'Rename', name: 'Another' },
  resume: { type: 'Resume' },
  reissue: { type: 'Reissue', resetMfa: false },
} as const satisfies Record<string, ProviderCommand>;

const noProvider = /^There is no such provider/;
const wasRefused = /^This request was refused: .*demonstration/;
const wasWithdrawn = /^This provider was withdrawn/;
const keyUsed = /^This Idempotency-Key was used/;
const mayExist = /^The AWS account is being created or may exist already, .* no longer be withdrawn/;
const exists = /^The AWS account exists already, .* no longer be withdrawn/;
const acceptedAlready = /^The terms of this provider were accepted already: reseller version 2018-07 and aws version/;
const notYet = /^There are no credentials yet; they are issued once/;
const termsFirst = /^The terms are not accepted yet/;
const hasHalted = /^This provider has halted/;

const everywhere = (words: RegExp, but: Partial<Record<Where, RegExp | undefined>> = {}) => ({
  ...Object.fromEntries(Object.keys(histories).map((where) => [where, words])),
  ...{ unknown: noProvider, refused: wasRefused, withdrawn: wasWithdrawn },
  ...but,
});
const nowhere = { unknown: noProvider, refused: wasRefused, withdrawn: wasWithdrawn };

/** By command and stage, the words of the refusal; a stage that is not here refuses nothing. */
const expected: Readonly<Record<keyof typeof commands, Partial<Record<Where, RegExp | undefined>>>> = {
  request: {},
  'request something else': everywhere(keyUsed, { unknown: undefined, refused: keyUsed, withdrawn: keyUsed }),
  'accept the terms': nowhere,
  'accept other terms': everywhere(acceptedAlready, { requested: /^These are not the terms in force/ }),
  withdraw: {
    ...everywhere(exists, { requested: undefined, withdrawn: undefined, accepted: undefined }),
    ...{ 'accepted again': mayExist, assigned: mayExist, creating: mayExist, resumed: mayExist },
    'halted without an account': mayExist,
  },
  rename: nowhere,
  resume: nowhere,
  reissue: everywhere(notYet, {
    ...{ requested: termsFirst, 'halted without an account': hasHalted, active: undefined, reissuing: undefined },
    'halted with credentials': /^This provider is halted; resume it/,
  }),
};

const refusalText = (command: ProviderCommand, provider: Provider): string | undefined => {
  try {
    decide(command, provider);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.words;
    throw error;
  }
};

test.each(Object.keys(commands) as (keyof typeof commands)[])(
  'to %s is refused in words that fit the stage',
  (what) => {
    const said = Object.entries(histories).map(([where, history]) => [
      where,
      refusalText(commands[what], fold(history)),
    ]);
    const wanted = Object.keys(histories).map((where) => {
      const words = expected[what][where as Where];
      return [where, words && expect.stringMatching(words)];
    });
    expect(said).toEqual(wanted);
  },
);

test('a reason that a newer version recorded stands for itself in the words of a refusal', () => {
  const byNewer = { ...refused, reasons: ['too-young', 'demo'] } as unknown as ProviderEvent;
  const said = refusalText({ type: 'Rename', name: 'Another' }, fold([byNewer]));
  expect(said).toMatch(/^This request was refused: too-young .*demonstration/);
});

test('every stage that a provider can be in is among them', () => {
  const stages = new Set(Object.values(histories).map((history) => fold(history).stage));
  const all: Record<Provider['stage'], true> = {
    ...{
      unknown: true,
      refused: true,
      requested: true,
      withdrawn: true,
      accepted: true,
      assigned: true,
      creating: true,
    },
    ...{
      halted: true,
      resumed: true,
      created: true,
      linked: true,
      ready: true,
      hardened: true,
      proven: true,
      active: true,
    },
  };
  expect([...stages].sort()).toEqual(Object.keys(all).sort());
});

test.each<[Where, RegExp]>([
  ['refused', /request was refused/],
  ['withdrawn', /was withdrawn/],
  ['requested', /terms are not accepted yet/],
  ['halted without an account', /has halted/],
])('a provider that is %s says why it has nothing to show', (where, words) => {
  expect(notThereYet(fold(histories[where]))).toMatch(words);
});
