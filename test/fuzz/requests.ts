/** Requests at random from a description: some as it asks for, some that break it in one place or in all. */
import fc from 'fast-check';
import { type DemoPerson, demoPeople } from '../../src/infrastructure/identity/demo/people.js';
import type { Operation, Schema } from './description.js';

export interface MadeRequest {
  readonly who: DemoPerson | 'nobody';
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As it is sent. */
  readonly body: string | undefined;
}

/** What is known to be there, by the name of a member or parameter. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

const people = [...(Object.keys(demoPeople) as DemoPerson[]), 'nobody'] as const;
const text = fc.string({ unit: 'grapheme', maxLength: 80 });
const strange = fc.oneof(
  text,
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    2 ** 53,
    1.5,
    '',
    ' ',
    '\0',
    '\ud800',
    '../..',
    '%00',
    '__proto__',
    'x'.repeat(5_000),
  ),
  fc.array(text, { maxLength: 3 }),
  fc.dictionary(text, text, { maxKeys: 3 }),
);

/** JSON's patterns are read with `u`; what the library cannot make from one is left to {@link strange} texts. */
function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'));
  } catch {
    return text;
  }
}

function valueFor(name: string, schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const made = madeFor(name, schema, known);
  const there = known[name];
  return there ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...there) }, { weight: 1, arbitrary: made }) : made;
}

function madeFor(name: string, schema: Schema, known: Known): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return objectOf(schema, known);
    case 'array':
      return fc.array(valueFor(name, schema.items ?? {}, known), { maxLength: Math.min(schema.maxItems ?? 4, 4) });
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1_000 });
    default:
      return schema.pattern === undefined ? text : matching(schema.pattern);
  }
}

function objectOf({ properties = {}, required = [] }: Schema, known: Known): fc.Arbitrary<Record<string, unknown>> {
  const members = Object.entries(properties).map(([name, schema]) => [name, valueFor(name, schema, known)] as const);
  return fc.record(Object.fromEntries(members), { requiredKeys: [...required] });
}

/** A body with one member gone, strange, or not known. */
const brokenOf = (schema: Schema, known: Known): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      objectOf(schema, known),
      fc.constantFrom(...Object.keys(schema.properties ?? {}), 'more'),
      fc.option(strange),
    )
    .map(([body, name, value]) => {
      const { [name]: _, ...rest } = body;
      return value === null ? rest : { ...rest, [name]: value };
    });

const json = (value: unknown): string => JSON.stringify(value) ?? 'null';

function bodyOf({ body, method }: Operation, known: Known): fc.Arbitrary<string | undefined> {
  if (method === 'GET') return fc.constant(undefined);
  const garbage = fc.oneof(strange.map(json), fc.constantFrom('{', '{"a":1,"a":2}', '[]', '\ufeff{}', '"', '{}x'));
  const right: fc.Arbitrary<string | undefined> = body ? objectOf(body, known).map(json) : fc.constant(undefined);
  const broken = brokenOf(body ?? {}, known).map(json);
  return fc.oneof({ weight: 6, arbitrary: right }, { weight: 3, arbitrary: broken }, { weight: 1, arbitrary: garbage });
}

/** Whether a text in a path is a part of it: an empty one and dots make it the path of something else. */
const isPart = (text: string): boolean => !['', '.', '..'].includes(text);

/** What a place in a URL can hold: any text, well formed. */
const asText = (value: unknown): string => (typeof value === 'string' ? value : json(value)).toWellFormed();

function parametersIn(place: 'path' | 'query', { parameters }: Operation, known: Known) {
  const named = parameters.filter((parameter) => parameter.in === place);
  const members = named.map(({ name, schema }) => {
    const usual = valueFor(name, schema, known);
    const any = fc.oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: strange }).map(asText);
    return [name, place === 'path' ? any.filter(isPart) : any] as const;
  });
  const requiredKeys = named.filter(({ required }) => required).map(({ name }) => name);
  return fc.record<Record<string, string>>(Object.fromEntries(members), { requiredKeys });
}

const headersOf = fc.record({
  key: fc.oneof(fc.uuid(), fc.constantFrom(undefined, '', 'x'.repeat(300))),
  type: fc.oneof(
    { weight: 9, arbitrary: fc.constant('application/json') },
    fc.constantFrom('text/plain', 'application/json; charset=latin1'),
  ),
  etag: fc.option(fc.constantFrom('*', '"x"', 'W/"x", "y"')),
});

/** Requests to one call, by anybody. */
export const requestsTo = (operation: Operation, known: Known): fc.Arbitrary<MadeRequest> =>
  fc
    .record({
      who: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...operation.people, ...(operation.people.length > 0 ? [] : people)) },
        { weight: 1, arbitrary: fc.constantFrom(...people) },
      ),
      path: parametersIn('path', operation, known),
      query: parametersIn('query', operation, known),
      more: fc.oneof(
        { weight: 12, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.constantFrom('more', 'limit', '__proto__') },
      ),
      headers: headersOf,
      body: bodyOf(operation, known),
    })
    .map(({ who, path, query, more, headers: { key, type, etag }, body }) => ({
      who,
      method: operation.method,
      url: urlOf(operation.path, path, more === null ? query : { ...query, [more]: '1' }),
      headers: {
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(body === undefined ? {} : { 'content-type': type }),
        ...(etag === null ? {} : { 'if-none-match': etag }),
      },
      body,
    }));

/** A path with its parts and query. */
export function urlOf(
  path: string,
  parts: Readonly<Record<string, string>>,
  query: Readonly<Record<string, string>>,
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parts[name] ?? ''));
  const asked = new URLSearchParams(Object.entries(query)).toString();
  return asked === '' ? filled : `${filled}?${asked}`;
}
