/** What an application would change: in AWS's order, only what is ours, nothing when all is well. */
import { expect, test } from '@jest/globals';
import { allowsAll } from '../../../src/domain/guardrails/allows-all.js';
import { differences, sameMeaning } from '../../../src/domain/guardrails/differences.js';
import {
  describeChange,
  GuardrailsDoNotFit,
  type ObservedOrganization,
  planGuardrails,
} from '../../../src/domain/guardrails/plan.js';

const unit = 'ou-pay1-customers1';
const denying = (...actions: readonly string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'A', Effect: 'Deny', Action: actions, Resource: '*' }] });
const wanted = [
  {
    unit,
    policies: [
      { name: 'One', content: denying('a:x') },
      { name: 'Two', content: denying('b:y') },
    ],
  },
];

/** An organization in which nothing was done yet. */
const fresh: ObservedOrganization = {
  root: 'r-pay1',
  allFeatures: true,
  policyTypeEnabled: false,
  rootAccess: { trusted: false, credentials: false, sessions: false },
  own: [],
  attached: { [unit]: ['FullAWSAccess'] },
};
const whole: ObservedOrganization = {
  ...fresh,
  policyTypeEnabled: true,
  rootAccess: { trusted: true, credentials: true, sessions: true },
  own: [
    { id: 'p-1', name: 'One', content: denying('a:x') },
    { id: 'p-2', name: 'Two', content: denying('b:y') },
  ],
  attached: { [unit]: ['FullAWSAccess', 'Theirs', 'One', 'Two'] },
};
const actions = (observed: ObservedOrganization) => planGuardrails(wanted, observed).map(({ action }) => action);

test('from nothing: the type, the policies, what they hang on, then root access in the order in which AWS takes it', () => {
  expect(planGuardrails(wanted, fresh).map((change) => describeChange(change).words)).toEqual([
    'enable service control policies under r-pay1',
    expect.stringMatching(/^create One \(\d+ of 5120 characters\)$/),
    expect.stringMatching(/^create Two /),
    `attach One to ${unit}`,
    `attach Two to ${unit}`,
    'let IAM act in the organization (trusted access of iam.amazonaws.com)',
    'manage the root credentials of members centrally: new accounts have none',
    'allow task sessions as the root of members (AssumeRoot)',
  ]);
});

test('where all is as wanted nothing is planned, also when AWS has the same in another form', () => {
  expect(actions(whole)).toEqual([]);
  const [one, two] = whole.own;
  const pretty = JSON.stringify(JSON.parse(one?.content ?? ''), undefined, 2);
  expect(actions({ ...whole, own: [{ id: 'p-1', name: 'One', content: pretty }, two as never] })).toEqual([]);
});

test.each([
  ['the type', { policyTypeEnabled: false }, ['enable-policy-type']],
  ['the trust in IAM', { rootAccess: { ...whole.rootAccess, trusted: false } }, ['enable-trusted-access']],
  ['root sessions', { rootAccess: { ...whole.rootAccess, sessions: false } }, ['enable-root-sessions']],
  ['an attachment', { attached: { [unit]: ['FullAWSAccess', 'One'] } }, ['attach-policy']],
  [
    'a policy',
    { own: whole.own.slice(1), attached: { [unit]: ['FullAWSAccess', 'Two'] } },
    ['create-policy', 'attach-policy'],
  ],
] as const)('without %s just that is planned', (_, without, planned) => {
  expect(actions({ ...whole, ...without })).toEqual(planned);
});

test('a policy that says something else is changed, and each statement is told', () => {
  const changed = [{ id: 'p-1', name: 'One', content: denying('a:y', 'a:z') }, ...whole.own.slice(1)];
  const [change, ...more] = planGuardrails(wanted, { ...whole, own: changed });
  expect(more).toEqual([]);
  expect(change && describeChange(change)).toEqual({ words: 'change One', lines: ['~ A: Action +a:x -a:y -a:z'] });
});

test('policies of others leave five places on a unit, and an organization needs all features', () => {
  const full = { ...whole, attached: { [unit]: ['FullAWSAccess', 'Theirs', 'More', 'Most'] } };
  expect(() => planGuardrails(wanted, full)).toThrow(GuardrailsDoNotFit);
  expect(() => planGuardrails(wanted, full)).toThrow(
    /2 guardrails do not fit beside FullAWSAccess, Theirs, More, Most/,
  );
  expect(() => planGuardrails(wanted, { ...whole, allFeatures: false })).toThrow(/Enable all features first/);
});

test('differences name what comes and goes, and a text that is no policy is another text', () => {
  expect(differences('no JSON', denying('a:x'))).toEqual(['+ A']);
  expect(differences(denying('a:x'), '{"Statement":[]}')).toEqual(['- A']);
  const conditioned = denying('a:x').replace('"Resource"', '"Condition":{"Null":{"k":"true"}},"Resource"');
  expect(differences(denying('a:x'), conditioned)).toEqual(['~ A: Condition +Null k true']);
  expect(sameMeaning('no JSON', denying('a:x'))).toBe(false);
});

test.each([
  ['{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', true],
  ['{"Statement":[{"Effect":"Allow","Action":["*"],"Resource":["*"]}]}', true],
  ['{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}', false],
  ['{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}', false],
  ['{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a":"true"}}}]}', false],
  ['no JSON', false],
])('%s lets everything pass: %s', (text, all) => {
  expect(allowsAll(text)).toBe(all);
});
