/** What was typed in a tab is the person's who typed it, whoever signs in there next. */
import { beforeEach, expect, test } from '@jest/globals';
import { forgetAllKept, forgetKept, isKept, keep, keepFor, readKept } from '../../../console/src/auth/kept.js';

const place = 'terms.3092de38';
const ticked = { accepted: { aws: 'digest-1', reseller: 'digest-2' } };

/** A tab's own storage, as a browser has it. */
function openTab(): Map<string, string> {
  const entries = new Map<string, string>();
  const value: Storage = {
    get length() {
      return entries.size;
    },
    key: (n) => [...entries.keys()][n] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, text) => void entries.set(key, text),
    removeItem: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
  Object.defineProperty(globalThis, 'sessionStorage', { value, configurable: true });
  return entries;
}

let entries: Map<string, string>;
beforeEach(() => {
  entries = openTab();
});

test('a session that ends and the same person again: what was typed is there, until it is sent', () => {
  keepFor('u-ada');
  keep(place, ticked);
  keepFor('u-ada');
  expect(JSON.parse(readKept(place) ?? '')).toEqual(ticked);
  forgetKept(place);
  expect(isKept(place)).toBe(false);
});

test.each(['u-bob', 'u-ad', 'u-ada/terms', ''])(
  'a session that ends and %j next: nothing is there any more',
  (next) => {
    keepFor('u-ada');
    keep(place, ticked);
    entries.set('partner-cloud.sign-in', '{}');
    keepFor(next);
    expect([isKept(place), readKept(place)]).toEqual([false, null]);
    expect([...entries.keys()]).toEqual(['partner-cloud.sign-in']);
  },
);

test('who signs out leaves nothing behind, not even for themselves', () => {
  keepFor('u-ada');
  keep(place, ticked);
  keep('draft', { name: 'Production' });
  forgetAllKept();
  expect([...entries.keys()]).toEqual([]);
});
