/** docs/architecture.md draws the rooms as the rules of imports have them. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';

type Floors = readonly (readonly string[])[];

const { houses } = (await import(pathToFileURL('scripts/rooms.mjs').href)) as {
  houses: Readonly<Record<string, Floors>>;
};
const guide = readFileSync('docs/architecture.md', 'utf8');

/** A house from the ground up: a box for each floor, with what stands on it. */
const drawingOf = (floors: Floors): string =>
  [
    '```mermaid',
    'flowchart LR',
    ...floors.map((floor, level) => `  f${level}["${floor.join('<br>')}"]`),
    ...(floors.length > 1 ? [`  ${floors.map((_, level) => `f${level}`).join(' --> ')}`] : []),
    '```',
  ].join('\n');

const [, rooms = ''] = guide.split(/^## The rooms$/m);
const [ours = ''] = rooms.split(/^## /m);
const drawings = new Map(
  ours
    .split(/^### /m)
    .slice(1)
    .map((section): [string, string] => [
      /^`(\S+)`/.exec(section)?.[1] ?? '',
      /```mermaid[\s\S]*?```/.exec(section)?.[0] ?? '',
    ]),
);

test.each(Object.entries(houses))('%s is drawn as its floors are', (house, floors) => {
  expect(drawings.get(house)).toBe(drawingOf(floors));
});

test('no house is drawn that is not there', () => {
  expect([...drawings.keys()].filter((house) => !(house in houses))).toEqual([]);
});
