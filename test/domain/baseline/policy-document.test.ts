/** Policies that mean the same are equal however AWS writes them; policies that mean something else are not. */
import { expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { documentOf, meaningOf } from '../../../src/domain/baseline/policy-document.js';
import { canonicalTextOfJson, type Json } from '../../../src/domain/canonical-json.js';

const words = (...from: string[]) => fc.uniqueArray(fc.constantFrom(...from), { minLength: 1 });
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Principal: fc.record({ AWS: words('arn:aws:iam::123456789012:root', 'arn:aws:iam::123456789012:role/A', '*') }),
  Action: words('s3:GetObject', 's3:Put*', 'iam:PassRole'),
  Resource: words('*', 'arn:aws:s3:::a%b/*', 'arn:aws:s3:::ä'),
  Condition: fc.record({ StringEquals: fc.record({ 'aws:SourceArn': words('x', 'y') }) }),
});
type Generated = typeof statement extends fc.Arbitrary<infer S> ? S : never;
const statements = fc.array(statement, { minLength: 1, maxLength: 4 });
const document = (Statement: Json): Json => ({ Version: '2012-10-17', Statement });
const meaning = (value: Json): string => canonicalTextOfJson(meaningOf(value));

/** A list of one may be written as the value alone, and a list of more in any order and with repetitions. */
const rewritten = (values: readonly string[]): Json =>
  values.length === 1 ? (values[0] as string) : [...values].reverse().concat(values.slice(0, 1));

const otherwise = (each: Generated): Json => ({
  Sid: 'Another',
  Condition: { StringEquals: { 'AWS:sourcearn': rewritten(each.Condition.StringEquals['aws:SourceArn']) } },
  Resource: rewritten(each.Resource),
  Action: rewritten(each.Action.map((action) => action.toUpperCase())),
  Principal: { AWS: rewritten(each.Principal.AWS.map((arn) => (arn.endsWith(':root') ? '123456789012' : arn))) },
  Effect: each.Effect,
});

test('order, repetition, lists of one, case of actions and keys, Sids and short principals mean nothing', () => {
  fc.assert(
    fc.property(statements, (list) => {
      const other = list.map(otherwise).reverse();
      const [only] = other;
      expect(meaning(document(list.length === 1 && only !== undefined ? only : other))).toBe(meaning(document(list)));
    }),
  );
});

test('a policy reads the same percent-encoded and plain', () => {
  fc.assert(
    fc.property(statements, (list) => {
      const text = JSON.stringify(document(list));
      expect(documentOf(encodeURIComponent(text))).toEqual(documentOf(text));
    }),
  );
});

test('any other effect, action, resource, principal or condition means something else', () => {
  const base = {
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:Get*',
    Resource: 'a',
    Condition: { Bool: { x: 'true' } },
  };
  const others: Json[] = [
    { ...base, Effect: 'Deny' },
    { ...base, Action: 's3:*' },
    { ...base, Resource: 'A' },
    { ...base, Principal: { Service: '*' } },
    { ...base, Condition: { Bool: { x: 'false' } } },
    { ...base, Condition: { BoolIfExists: { x: 'true' } } },
    { Effect: 'Allow', Principal: '*', Action: 's3:Get*', Resource: 'a' },
    { Effect: 'Allow', Principal: '*', NotAction: 's3:Get*', Resource: 'a', Condition: base.Condition },
  ];
  expect(new Set([base, ...others].map((each) => meaning(document([each])))).size).toBe(others.length + 1);
});

test('everybody is everybody, written with or without AWS', () => {
  const of = (Principal: Json) => meaning(document([{ Effect: 'Deny', Principal, Action: '*' }]));
  expect(of('*')).toBe(of({ AWS: '*' }));
});

test('the canonical text is RFC 8785', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      expect(canonicalTextOfJson(value as Json)).toBe(canonicalize(value));
    }),
  );
});
