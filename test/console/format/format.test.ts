/** What the console says of times, stages, progress, facts and calls: pure, so it is told without a browser. */
import { expect, test } from '@jest/globals';

import type { Fact, Option, Step } from '../../../console/src/api/types.js';
import { countBy } from '../../../console/src/format/count.js';
import { curlOf } from '../../../console/src/format/curl.js';
import { aboutText, durationText } from '../../../console/src/format/duration.js';
import { daysAhead, mistakesInException } from '../../../console/src/format/exceptions.js';
import { exportsOf } from '../../../console/src/format/exports.js';
import { actorText, doerText, factKind, factText } from '../../../console/src/format/facts.js';
import { chosenFacts } from '../../../console/src/format/history.js';
import { anomaliesIn } from '../../../console/src/format/operations.js';
import { phasesOf, progressOf, stepsAfterwards, timeTaken, totalTime } from '../../../console/src/format/progress.js';
import { canWithdraw, isSettled, isStage, stageChoices, stageWords } from '../../../console/src/format/stages.js';
import { haltsIn } from '../../../console/src/format/statistics.js';
import { utcTime } from '../../../console/src/format/time.js';
import { isTaken, mistakesIn, reached } from '../../../console/src/pages/new/checks.js';
import { entryRoles } from '../../../console/src/pages/provider/entry-roles.js';
import type { Reconciliation } from '../../../src/client/generated/types.gen.js';
import { stagesInOrder } from '../../../src/domain/provider/stage-order.js';
import { accessSchemas } from '../../../src/infrastructure/event-store/format/schemas/access.js';
import { hardeningSchemas } from '../../../src/infrastructure/event-store/format/schemas/hardening.js';
import { providerSchemas } from '../../../src/infrastructure/event-store/format/schemas/provider.js';

test.each([
  [0, '0 s'],
  [-5_000, '0 s'],
  [3_400, '3 s'],
  [59_600, '1 min'],
  [125_000, '2 min 5 s'],
  [3_600_000, '1 h'],
  [3_780_000, '1 h 3 min'],
  [93_600_000, '1 d 2 h'],
])('%d ms are %s', (ms, words) => {
  expect(durationText(ms)).toBe(words);
});

test.each([
  [4, 'a few seconds'],
  [41, 'about 50 seconds'],
  [140, 'about 3 minutes'],
  [6_000, 'about 2 hours'],
])('a guess of %d s is %s', (seconds, words) => {
  expect(aboutText(seconds)).toBe(words);
});

test('a time is told in UTC, and what is none stays as it is', () => {
  expect(utcTime('2026-11-24T07:56:18.474Z')).toBe('2026-11-24 07:56:18 UTC');
  expect(utcTime('soon')).toBe('soon');
});

test('every stage of the service has words and can be filtered for; one of a newer service is shown as it is', () => {
  expect(stageChoices.map(({ value }) => value).sort()).toEqual([...stagesInOrder].sort());
  expect(stagesInOrder.filter((stage) => !isStage(stage))).toEqual([]);
  expect(new Set(stageChoices.map(({ label }) => label)).size).toBe(stageChoices.length);
  expect(stageWords('active')).toEqual({ label: 'Ready', look: 'success' });
  expect(stageWords('migrating').label).toBe('migrating');
  expect([isStage('toString'), isStage(null)]).toEqual([false, false]);
});

test('what has settled does not move by itself, and only what AWS knows nothing of can be withdrawn', () => {
  expect(stagesInOrder.filter(isSettled).sort()).toEqual(['active', 'halted', 'refused', 'withdrawn']);
  expect(stagesInOrder.filter(canWithdraw).sort()).toEqual(['accepted', 'requested']);
});

const step = (name: string, state: Step['state'], times: Partial<Step> = {}): Step =>
  ({ step: name, title: name, state, ...times }) as Step;

const steps = [
  step('AssignPayer', 'done', { startedAt: '2026-11-24T08:00:00.000Z', finishedAt: '2026-11-24T08:00:01.000Z' }),
  step('CreateAccount', 'running', { startedAt: '2026-11-24T08:00:01.000Z' }),
  step('AccessModel', 'pending'),
  step('IssueCredentials', 'pending'),
  step('RegionDefaults', 'pending'),
];

test('progress counts the steps that lead to the credentials, in the phases of a customer', () => {
  expect(progressOf({ steps })).toEqual({ done: 1, all: 4, percent: 25 });
  expect(phasesOf({ steps }).map(({ name, steps: own }) => [name, own.length])).toEqual([
    ['account', 2],
    ['hardening', 1],
    ['handover', 1],
  ]);
  expect(stepsAfterwards({ steps }).map((each) => each.step)).toEqual(['RegionDefaults']);
});

test('a step takes until now while it runs, and the whole until the credentials are issued', () => {
  const now = Date.parse('2026-11-24T08:01:06.000Z');
  expect(steps.slice(0, 3).map((each) => timeTaken(each, now))).toEqual(['1 s', '1 min 5 s', undefined]);
  const requestedAt = '2026-11-24T07:59:58.000Z';
  expect(totalTime({ steps, requestedAt }, now)).toBe('1 min 8 s');
  const issued = [step('IssueCredentials', 'done', { finishedAt: '2026-11-24T08:00:11.000Z' })];
  expect(totalTime({ steps: issued, requestedAt }, now)).toBe('13 s');
});

test('an exception is sent only when each of its fields can be right', () => {
  const now = Date.parse('2026-11-24T08:00:00.000Z');
  const right = {
    object: 'opt-in-region/eu-south-1/eu-south-1',
    owner: 'team-7',
    reason: 'Asked for.',
    until: '2026-12-24',
  };
  expect(mistakesInException(right, now)).toEqual({});
  expect(daysAhead(now, 30)).toBe('2026-12-24');
  const wrong = { object: 'role', owner: 'Ada Lovelace', reason: ' ', until: '2027-11-24' };
  expect(Object.keys(mistakesInException(wrong, now))).toEqual(['object', 'owner', 'reason', 'until']);
  for (const until of ['', '2026-11-23', 'tomorrow'])
    expect(mistakesInException({ ...right, until }, now)).toHaveProperty('until');
});

test('the call can be pasted into a shell, whatever the name has in it', () => {
  expect(curlOf('http://here', { method: 'POST', path: '/v1/x', key: 'k', body: { name: "Ada's" } })).toBe(
    [
      "curl -X POST 'http://here/v1/x' \\",
      '  -H "authorization: Bearer $TOKEN" \\',
      "  -H 'content-type: application/json' \\",
      "  -H 'idempotency-key: k' \\",
      `  -d '{"name":"Ada'\\''s"}'`,
    ].join('\n'),
  );
});

const fact = (type: string, data: Fact['data'] = {}) => ({ type, data });

test('every fact about a provider has words of its own', () => {
  const types = [providerSchemas, accessSchemas, hardeningSchemas].flatMap((schemas) => Object.keys(schemas));
  expect(types.filter((type) => factText(fact(type)) === type || factKind(fact(type)) === undefined)).toEqual([]);
});

test('facts are told in sentences, an unknown one by its type, and people by what is on record', () => {
  expect(factText(fact('AccountCreated', { accountId: '123456789012' }))).toBe('AWS account 123456789012 created');
  expect(factText(fact('SomethingNew'))).toBe('SomethingNew');
  expect([factKind(fact('StepDelayed')), factKind(fact('SomethingNew'))]).toEqual(['trouble', undefined]);
  expect(actorText('https://issuer.example#u-1', 'u-1')).toBe('you');
  expect(actorText('https://issuer.example#u-2', 'u-1')).toBe('u-2');
  expect(actorText('partner-cloud#saga', 'u-1')).toBe('Partner Cloud');
  expect(doerText({ actor: 'issuer#s-1', onBehalfOf: 'u-1' }, 'u-1')).toBe('you through s-1');
});

const told: readonly Fact[] = ['ProviderRequested', 'AccountCreated', 'StepDelayed', 'SomethingNew'].map(
  (type, place) => ({
    position: `log:${place}`,
    id: type,
    type,
    at: '2026-11-24T08:00:00.000Z',
    actor: 'partner-cloud#saga',
    role: 'service',
    data: { name: 'Production', accountId: '123456789012', words: 'AWS is busy.' },
  }),
);

test.each([
  [{ kinds: [], words: '' }, ['SomethingNew', 'StepDelayed', 'AccountCreated', 'ProviderRequested']],
  [{ kinds: ['account', 'trouble'], words: '' }, ['StepDelayed', 'AccountCreated']],
  [{ kinds: [], words: ' PRODUCTION ' }, ['ProviderRequested']],
  [{ kinds: [], words: 'accountcreated' }, ['AccountCreated']],
] as const)('a history narrowed to %j is, the newest first, %j', (filter, types) => {
  expect(chosenFacts(told, filter).map(({ type }) => type)).toEqual(types);
});

test('halts are summed over periods and counted, the most frequent first', () => {
  expect(haltsIn([{ halts: { a: 1, b: 2 } }, { halts: { b: 1, c: 3 } }])).toEqual([
    ['b', 3],
    ['c', 3],
    ['a', 1],
  ]);
  expect(countBy(['x', 'y', 'x'], (name) => name)).toEqual([
    ['x', 2],
    ['y', 1],
  ]);
});

test.each([
  [2, [true, 'Accept both.', false], 0],
  [2, [false, 'Accept both.', false], 1],
  [2, [false, false, false], 2],
  [1, [false, 'Accept both.', false], 1],
  [0, [true, true, false], 0],
])('of step %d, with %j in the way, step %d is shown', (wanted, gates, shown) => {
  expect(reached(wanted, gates)).toBe(shown);
});

test('a draft says what is missing, and counts characters as people do', () => {
  const draft = {
    key: 'k',
    name: 'é'.normalize('NFD').repeat(64),
    territory: 'US',
    origin: 'new',
    accepted: {},
    step: 0,
  };
  const offered: Option[] = [{ origin: 'new', title: 'New', offered: true, reasons: [] }];
  expect(mistakesIn(draft, offered)).toEqual({});
  expect(Object.keys(mistakesIn({ ...draft, name: '👩'.repeat(65), territory: undefined }, []))).toEqual([
    'name',
    'territory',
    'origin',
  ]);
  expect([isTaken('production ', ['Production']), isTaken('Prod', ['Production', undefined])]).toEqual([true, false]);
});

test('roles of entry are those of the person in the organization of the provider', () => {
  const person = { subject: 'u-1', name: 'Ada', roles: ['administrator'], organization: 'acme' };
  const of = { organization: 'acme' };
  expect(entryRoles(person, of)).toEqual(['administrator', 'read-only']);
  expect(entryRoles({ ...person, roles: ['member'] }, of)).toEqual(['read-only']);
  expect(entryRoles({ ...person, organization: 'globex' }, of)).toEqual([]);
  expect(entryRoles({ ...person, roles: ['auditor'], organization: undefined }, of)).toEqual([]);
});

test('variables are set as a shell sets them', () => {
  expect(exportsOf({ A: 'x', B: 'y+/=' })).toBe('export A="x"\nexport B="y+/="');
});

test('what is out of the ordinary is told with its provider, the worst first', () => {
  const quarantine = {
    items: [
      {
        stream: 'payer-1',
        fromRevision: 3,
        cause: 'no such type',
        reason: 'Looked at.',
        since: '2026-11-24T08:00:00.000Z',
      },
    ],
    unreadable: [{ stream: 'provider-3092de38', revision: 7, cause: 'no such type', readModels: ['provider-status'] }],
  };
  const finding = { kind: 'unknown-account', payerId: '111122223333', words: 'Nobody asked for it.', action: 'none' };
  const last = { startedAt: '', finishedAt: '2026-11-24T07:00:00.000Z', listed: 1, recorded: 0, findings: [finding] };
  const told = anomaliesIn(quarantine, { last } as Reconciliation);
  expect(told.map(({ kind, about, providerId }) => [kind, about, providerId])).toEqual([
    ['unreadable', 'provider-3092de38, from event 7 on', '3092de38'],
    ['disagreement', '111122223333', undefined],
    ['set-aside', 'payer-1, from event 3 on', undefined],
  ]);
  expect(anomaliesIn({ items: [], unreadable: [] }, {} as Reconciliation)).toEqual([]);
});
