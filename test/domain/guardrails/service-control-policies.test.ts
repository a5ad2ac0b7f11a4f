/** The guardrails by evaluation: what binds everybody in an account, who is exempt, and what every statement is for. */
import { expect, test } from '@jest/globals';
import { limits } from '../../../src/domain/guardrails/limits.js';
import {
  type GuardrailSettings,
  guardrails,
  OversizeGuardrail,
} from '../../../src/domain/guardrails/service-control-policies.js';
import { verdictOf } from '../../../src/simulator/policies/evaluation.js';
import { parsePolicy } from '../../../src/simulator/policies/grammar.js';
import { allObjects, settings } from '../baseline/account.js';
import { analytics, automation, bound, bucket, operations, rows, trail, wayIn } from './rows.js';

const { accountId } = settings;
const all = guardrails(settings);
const statements = all.flatMap(({ content }) => parsePolicy(content, 'identity'));
const iam = (resource: string): string => `arn:aws:iam::${accountId}:${resource}`;

type Context = Readonly<Record<string, string>>;
const denies = (of: typeof statements, who: string, action: string, resource: string, more: Context = {}): boolean => {
  const user = /:user\/(?:.*\/)?([^/]+)$/.exec(who)?.[1];
  const context = { 'aws:PrincipalArn': who, ...(user ? { 'aws:username': user } : {}), ...more };
  return verdictOf(of, { action, resource, context }) === 'denied';
};

const everybody = [...bound, wayIn, automation, analytics, operations];
const root = iam('root');

/** The rows that these statements get wrong, as `who action`. */
const wrong = (of: typeof statements): readonly string[] => [
  ...rows.flatMap(([action, resource, exempt]) =>
    everybody
      .filter((who) => denies(of, who, action, resource) === exempt.includes(who))
      .map((who) => `${who} ${action}`),
  ),
  ...(denies(of, root, 's3:ListAllMyBuckets', '*') ? [] : [`${root} s3:ListAllMyBuckets`]),
];

test('every row is denied to everybody but those exempt, and root can do nothing', () => {
  expect(wrong(statements)).toEqual([]);
});

test('a task session of AssumeRoot is not root', () => {
  expect(denies(statements, root, 'iam:DeleteLoginProfile', '*', { 'aws:AssumedRoot': 'true' })).toBe(false);
});

test.each(statements.map(({ Sid }) => Sid))('without %s a row is wrong', (sid) => {
  expect(wrong(statements.filter(({ Sid }) => Sid !== sid))).not.toEqual([]);
});

test.each(statements.filter(({ Condition }) => 'ArnNotLike' in Condition).map(({ Sid }) => Sid))(
  'without any exemption in %s a row is wrong',
  (sid) => {
    for (const exempt of statements.find(({ Sid }) => Sid === sid)?.Condition.ArnNotLike?.['aws:PrincipalArn'] ?? []) {
      const without = (list: readonly string[] = []) => ({ 'aws:PrincipalArn': list.filter((arn) => arn !== exempt) });
      const narrowed = statements.map((each) =>
        each.Sid === sid
          ? { ...each, Condition: { ArnNotLike: without(each.Condition.ArnNotLike?.['aws:PrincipalArn']) } }
          : each,
      );
      expect([exempt, wrong(narrowed).length > 0]).toEqual([exempt, true]);
    }
  },
);

test.each([
  ['iam:CreateRole', iam('role/application')],
  ['iam:ChangePassword', iam('user/administrator')],
  ['iam:EnableMFADevice', iam('user/administrator')],
  ['iam:CreatePolicyVersion', iam('policy/CAMOverridePolicy')],
  ['s3:PutBucketPolicy', 'arn:aws:s3:::a-bucket-of-their-own'],
  ['s3:GetObject', `${bucket('audit')}/AWSLogs/a.json.gz`],
  ['cloudtrail:CreateTrail', `arn:aws:cloudtrail:us-east-1:${accountId}:trail/theirs`],
  ['config:PutConfigRule', '*'],
  ['account:EnableRegion', '*'],
  ['ec2:RunInstances', '*'],
])("the customer's own remains theirs: %s on %s", (action, resource) => {
  for (const who of bound) expect([who, denies(statements, who, action, resource)]).toEqual([who, false]);
});

test('every role, policy, group, bucket and trail of the baseline is covered in any account', () => {
  const changes = {
    role: 'iam:DeleteRole',
    'managed-policy': 'iam:DeletePolicy',
    group: 'iam:DeleteGroup',
    bucket: 's3:DeleteBucket',
    trail: 'cloudtrail:DeleteTrail',
  };
  const arns = { role: 'role/', 'managed-policy': 'policy/', group: 'group/' };
  const held = allObjects.filter(({ kind, name }) => kind in changes && name !== 'CAMOverridePolicy');
  expect(held.length).toBeGreaterThan(15);
  const free = held.filter(({ kind, name }) => {
    const path = arns[kind as keyof typeof arns];
    const resource = kind === 'bucket' ? `arn:aws:s3:::${name}` : kind === 'trail' ? trail : iam(`${path}${name}`);
    return !denies(statements, iam('role/theirs'), changes[kind as keyof typeof changes], resource);
  });
  expect(free.map(({ name }) => name)).toEqual([]);
});

test('they fit beside FullAWSAccess, and a set that does not is refused by name and size', () => {
  expect(all.length).toBeLessThanOrEqual(limits.policies);
  for (const { content } of all) expect(content.length).toBeLessThanOrEqual(limits.characters);
  const endless: GuardrailSettings = { ...settings, prefix: 'P'.repeat(400) };
  expect(() => guardrails(endless)).toThrow(OversizeGuardrail);
  expect(() => guardrails(endless)).toThrow(/Guardrail\w+: \d+ characters, at most 5120 are allowed/);
});
