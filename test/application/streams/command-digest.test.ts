/** One key with two meanings is noticed; one meaning written in two ways is not taken for two. */
import { hash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { digestOf, isDigestOf } from '../../../src/application/streams/command-digest.js';

const before = (asked: unknown): string => hash('sha256', JSON.stringify(asked));
const told = (asked: unknown) => ({ commandDigest: digestOf(asked), asked });

test('the order of members has no meaning', () => {
  expect(digestOf({ type: 'Rename', name: 'a' })).toBe(digestOf({ name: 'a', type: 'Rename' }));
  expect(digestOf(['a', 'b'])).not.toBe(digestOf(['b', 'a']));
});

test('a digest names its form', () => {
  expect(digestOf({ name: 'a' })).toMatch(/^jcs1:[0-9a-f]{64}$/);
});

test('a digest from before forms were named is recognised, and only as the same command', () => {
  const asked = { type: 'Rename', name: 'a' };
  expect(isDigestOf(before(asked), told(asked))).toBe(true);
  expect(isDigestOf(before({ ...asked, name: 'b' }), told(asked))).toBe(false);
});

test('so is one that was made of the same words in the other form of Unicode', () => {
  const asked = { type: 'Rename', name: 'Zürich Café'.normalize('NFC') };
  const typed = { ...asked, name: asked.name.normalize('NFD') };
  expect(before(typed)).not.toBe(before(asked));
  expect(isDigestOf(before(typed), told(asked))).toBe(true);
});

test('the digest of another form is not compared with what this version would have made', () => {
  const asked = { name: 'a' };
  expect(isDigestOf(`later1:${before(asked)}`, told(asked))).toBe(false);
});
