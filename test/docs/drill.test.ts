/** The chapters of the drill say what is seen, what the program does and what a person does, and each is tried by a test that is there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const folder = 'docs/operations';
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

const rows = read('drill.md')
  .split('\n')
  .flatMap((line) => {
    const [, trouble, chapter = '', file = '', title = ''] =
      /^\| (.+?) \| \[.+?\]\((.+?)\) \| `(.+?)`: (.+?) \|$/.exec(line) ?? [];
    return trouble === undefined ? [] : [{ trouble, chapter, file, title }];
  });

const troubles = [
  'a backup under load',
  'a restore',
  'a restore of an older backup',
  'a lost log',
  'lost read models',
  'a lost vault',
  'lost keys',
  'a clock that is set right',
  'the identity provider is away',
  'AWS is away',
  'a payer is away',
  'a full disk',
  'an account is to end: close',
  'an account is to end: leave',
];

test('every trouble has its chapter', () => {
  expect(rows.map(({ trouble }) => trouble)).toEqual(expect.arrayContaining(troubles));
  expect(rows.filter(({ chapter }) => !readdirSync(folder).includes(chapter))).toEqual([]);
});

test('each chapter says what is seen, what the program does, and what a person does', () => {
  const chapters = [...new Set(rows.map(({ chapter }) => chapter))];
  const wanted = ['| What is seen |', '| What the program does |', '| What a person does |'];
  expect(chapters.filter((chapter) => !wanted.every((row) => read(chapter).includes(row)))).toEqual([]);
});

test('each is tried by a test that is there', () => {
  expect(rows.filter(({ file, title }) => !readFileSync(file, 'utf8').includes(title))).toEqual([]);
});

test('the figures that the chapters name are among the metrics', () => {
  const known = read('metrics.md');
  const named = [...new Set(rows.map(({ chapter }) => chapter))].flatMap((chapter) =>
    [...read(chapter).matchAll(/`(partner_cloud_\w+)`/g)].map(([, figure = '']) => figure),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((figure) => !known.includes(`\`${figure}\``))).toEqual([]);
});
