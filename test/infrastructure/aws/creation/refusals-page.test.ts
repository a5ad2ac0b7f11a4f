/** docs/refusals.md says what the tables say, and names every halt that code makes. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { foundHalts, refusalsPage } from '../../../support/refusals-page.js';

const page = resolve('docs/refusals.md');

test('the page is that of the tables', () => {
  if (process.env.WRITE_DOCS) writeFileSync(page, refusalsPage());
  expect(readFileSync(page, 'utf8')).toBe(refusalsPage());
});

test('every halt that a step makes by itself is on the page', () => {
  const code = globSync('src/infrastructure/aws/**/*.ts').map((file) => readFileSync(file, 'utf8'));
  const halts = code.flatMap((text) => [...text.matchAll(/(?:halted|haltOf)\(\s*'(\w+)',\s*'([\w-]+)'/g)]);
  expect(halts.length).toBeGreaterThan(0);
  expect(foundHalts).toEqual(expect.arrayContaining(halts.map(([, step, reason]) => `${step} ${reason}`)));
});
