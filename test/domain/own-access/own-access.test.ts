/** The policies of the service itself: generated files that are not stale, for the calls that the source makes and no others. */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadConfig } from '../../../src/config/config.js';
import { ownAccessSettings } from '../../../src/config/settings-of.js';
import {
  archivePolicy,
  automationPolicy,
  noticesPolicy,
  ownPreflightPolicy,
  vaultPolicy,
} from '../../../src/domain/own-access/automation.js';
import { payerPolicy, preflightPolicy } from '../../../src/domain/own-access/payer.js';
import { ownPolicies } from '../../../src/domain/own-access/policies.js';
import type { PolicyDocument } from '../../../src/domain/own-access/statements.js';

const { settings, payers } = ownAccessSettings(loadConfig({}));
const [payer] = payers;
if (!payer) throw new Error('The configuration has no payer.');

test('deploy/iam holds what npm run iam writes for the configuration of the house', () => {
  const all = ownPolicies(settings, payers);
  expect(readdirSync('deploy/iam').sort()).toEqual(all.map(({ file }) => file).sort());
  for (const { file, document } of all)
    expect([file, JSON.parse(readFileSync(join('deploy/iam', file), 'utf8'))]).toEqual([file, document]);
});

/** Names of operations in sources: commands that are made, and those that are read page by page. */
const operationsIn = (pattern: string, client: string): string[] =>
  globSync(`src/infrastructure/${pattern}`).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    if (!text.includes(`@aws-sdk/client-${client}'`)) return [];
    const imports = [...text.matchAll(new RegExp(`import \\{([^}]*)\\} from '@aws-sdk/client-${client}'`, 'g'))];
    const names = imports.flatMap(([, list = '']) => list.split(',').map((name) => name.trim()));
    return names.flatMap((name) => /^(?:paginate(\w+)|(\w+)Command)$/.exec(name)?.slice(1).filter(Boolean) ?? []);
  });

const actionsIn = (document: PolicyDocument): string[] =>
  [...new Set(document.Statement.flatMap(({ Action }) => Action))].sort();
const named = (service: string, operations: readonly string[]): string[] =>
  [...new Set(operations.map((operation) => `${service}:${operation}`))].sort();
const outside = 'aws/{calls,creation,guardrails,hardening,credentials,baseline,proof}/*.ts';

test('the role in a payer may call what the source calls of Organizations and, over the organization, of IAM', () => {
  expect(actionsIn(payerPolicy(payer))).toEqual([
    ...named('iam', operationsIn('aws/guardrails/*.ts', 'iam')),
    ...named('organizations', operationsIn(outside, 'organizations')),
    'sts:AssumeRole',
  ]);
});

test('preflight asks for reads alone, and for those that the service does not need itself', () => {
  const beyond = actionsIn(preflightPolicy(payer));
  const asked = [
    ...named('iam', operationsIn('aws/preflight/*.ts', 'iam')),
    ...named('organizations', operationsIn('aws/preflight/*.ts', 'organizations')),
    ...named('servicequotas', operationsIn('aws/preflight/*.ts', 'service-quotas')),
  ];
  const held = actionsIn(payerPolicy(payer));
  expect(asked.filter((action) => !held.includes(action))).toEqual(beyond);
  expect(beyond.filter((action) => !/:(List|Describe|Get|Simulate)\w+$/.test(action))).toEqual([]);
  // The action of GetObjectLockConfiguration has another name. Source: Service Authorization Reference, Amazon S3.
  expect(operationsIn('aws/preflight/*.ts', 's3')).toEqual(['GetObjectLockConfiguration']);
  expect(actionsIn(ownPreflightPolicy(settings))).toEqual([
    ...named('iam', operationsIn('aws/preflight/*.ts', 'iam')),
    's3:GetBucketObjectLockConfiguration',
  ]);
});

test('our own role may call what the source calls as itself', () => {
  expect(actionsIn(vaultPolicy(settings))).toEqual(
    named('secretsmanager', operationsIn('vault/*.ts', 'secrets-manager')),
  );
  expect(actionsIn(archivePolicy(settings))).toEqual([
    ...named('s3', operationsIn('aws/audit/*.ts', 's3')),
    's3:PutObjectRetention',
  ]);
  expect(actionsIn(noticesPolicy(settings))).toEqual(named('sns', operationsIn('aws/notices/*.ts', 'sns')));
  expect(named('sts', operationsIn('aws/**/*.ts', 'sts'))).toEqual(['sts:AssumeRole', 'sts:GetCallerIdentity']);
  expect(actionsIn(automationPolicy(settings, payers))).toEqual(['sts:AssumeRole', 'sts:SetSourceIdentity']);
});

test('a key of one’s own is used through Secrets Manager alone', () => {
  const sealed = (kmsKeyId: string) =>
    vaultPolicy({ ...settings, vault: { ...settings.vault, kmsKeyId } }).Statement[1];
  expect(sealed('alias/vault')).toMatchObject({
    Resource: ['arn:aws:kms:us-east-1:210987654321:alias/vault'],
    Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } },
  });
  expect(sealed('1234abcd')?.Resource).toEqual(['arn:aws:kms:us-east-1:210987654321:key/1234abcd']);
  expect(sealed('arn:aws:kms:us-east-1:1:key/1')?.Resource).toEqual(['arn:aws:kms:us-east-1:1:key/1']);
});

test('every policy is small enough to be an inline or a managed one, and its statements have names of their own', () => {
  for (const { file, document } of ownPolicies(settings, payers)) {
    expect([file, JSON.stringify(document).length <= 6_144]).toEqual([file, true]);
    const names = document.Statement.map(({ Sid }) => Sid);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9]+$/);
  }
});
