/** Every fault that was once seen from outside has a test that would see it again, or a sentence why it has none. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { notTried, shownElsewhere } from './faults.js';

const folder = 'test/outside';
const numbers = Array.from({ length: 39 }, (_, index) => `F${index + 1}`);

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.outside.ts'));
const titles = files.flatMap((name) =>
  [...readFileSync(join(folder, name), 'utf8').matchAll(/'((?:F\d+(?:, )?)+): /g)].flatMap(([, named = '']) =>
    named.split(', '),
  ),
);
const sources = new Map<string, string>();
const sourceOf = (file: string): string => {
  const known = sources.get(file) ?? readFileSync(file, 'utf8');
  sources.set(file, known);
  return known;
};

test('each is named by a test here or in the table, or has a sentence', () => {
  const known = new Set([...titles, ...Object.keys(shownElsewhere), ...Object.keys(notTried)]);
  expect(numbers.filter((number) => !known.has(number))).toEqual([]);
  expect([...known].filter((number) => !numbers.includes(number))).toEqual([]);
});

test('what the table names is there', () => {
  const missing = Object.entries(shownElsewhere).flatMap(([number, all]) =>
    all.filter(({ file, title }) => !sourceOf(file).includes(title)).map((lost) => ({ number, ...lost })),
  );
  expect(missing).toEqual([]);
});
