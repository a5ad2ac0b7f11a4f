/** docs/events.md is held to the code: each type in the section of its stream, its members as they are stored, and who sees which. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import Type, { type TObject, type TSchema } from 'typebox';
import { redacted } from '../../src/application/authorization/redaction.js';
import { aggregates } from '../../src/application/streams/aggregates.js';
import type { DomainEvent, EventType } from '../../src/domain/events.js';
import { reservedEventTypes } from '../../src/domain/reserved-events.js';
import { eventSchemas, schemasByKind } from '../../src/infrastructure/event-store/format/schemas/all.js';

const guide = readFileSync('docs/events.md', 'utf8');
const sections = guide.split(/^## /m).slice(1);

/** The cells of a row by the name in its first one. */
const rowsIn = (section: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    section
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      )
      .map(([name = '', ...cells]) => [name.replaceAll('`', ''), cells]),
  );

/** Members as the guide writes them: in backticks, with a question mark where one may be missing. */
const written = (cell: string): readonly string[] =>
  [...cell.matchAll(/`(\w+)`(\??)/g)].map(([, name, may]) => `${name}${may}`).sort();

const membersOf = (shape: TObject): readonly (readonly [string, TSchema])[] => Object.entries(shape.properties);
const asWritten = ([name, member]: readonly [string, TSchema]): string =>
  `${name}${Type.IsOptional(member) ? '?' : ''}`;

/** Which members a customer sees of an event that has all of them; `undefined` where the event is not shown. */
function seenByCustomers(type: EventType): readonly string[] | undefined {
  const all = Object.fromEntries(membersOf(eventSchemas[type]).map(([name]) => [name, true]));
  const seen = redacted({ type, ...all } as unknown as DomainEvent, false);
  return seen && Object.keys(seen);
}

test.each(Object.entries(schemasByKind))(
  'the section of %s streams has each of their events and no other',
  (kind, shapes) => {
    const section = sections.find((each) => each.startsWith(`\`${kind}-`)) ?? '';
    const rows = rowsIn(section);
    expect([...rows.keys()].sort()).toEqual(Object.keys(shapes).sort());
    const { providerOf } = aggregates[kind as keyof typeof aggregates];
    expect(section.includes('In the log alone')).toBe(providerOf === undefined);
  },
);

test.each(Object.keys(eventSchemas) as EventType[])(
  '%s has the members that are stored, each under who sees it',
  (type) => {
    const [customers = '', others = '', meaning = ''] =
      sections
        .map(rowsIn)
        .find((rows) => rows.has(type))
        ?.get(type) ?? [];
    const seen = seenByCustomers(type);
    expect(customers === '*not shown*').toBe(seen === undefined);
    const members = membersOf(eventSchemas[type]);
    expect(written(customers)).toEqual(
      members
        .filter(([name]) => seen?.includes(name))
        .map(asWritten)
        .sort(),
    );
    expect(written(others)).toEqual(
      members
        .filter(([name]) => !seen?.includes(name))
        .map(asWritten)
        .sort(),
    );
    expect(meaning.length).toBeGreaterThan(20);
  },
);

/** The shape of an object that a member holds, or that each entry of its list has. */
const inside = (member: TSchema): TObject | undefined => {
  if (Type.IsArray(member)) return Type.IsObject(member.items) ? member.items : undefined;
  return Type.IsObject(member) ? member : undefined;
};

test('members that hold others are told with all of them', () => {
  const rows = rowsIn(sections.find((each) => each.startsWith('Members of members')) ?? '');
  const nested = Object.values<TObject>(eventSchemas).flatMap((shape) =>
    membersOf(shape).flatMap(([name, member]) => {
      const held = inside(member);
      return held ? [[name, held] as const] : [];
    }),
  );
  expect([...new Set(nested.map(([name]) => name))].sort()).toEqual([...rows.keys()].sort());
  for (const [name, shape] of nested) {
    const told = written((rows.get(name)?.[0] ?? '').replace(/\([^)]*\)/g, ''));
    expect([name, told]).toEqual([name, membersOf(shape).map(asWritten).sort()]);
  }
});

test('names that are reserved are listed, and no stored event has one', () => {
  const section = sections.find((each) => each.startsWith('Reserved names')) ?? '';
  expect([...section.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual([...reservedEventTypes]);
  expect(Object.keys(eventSchemas).filter((type) => reservedEventTypes.some((name) => name === type))).toEqual([]);
});
