/** The registry of fields says yes to just what class-validator finds nothing wrong with, and its schemas say the same. */
import { expect, test } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import 'reflect-metadata';
import {
  type FieldSchema,
  fieldsOf,
  fitsShape,
  type Shape,
} from '../../../../src/infrastructure/http/kit/field-registry.js';
import { ReissueBody } from '../../../../src/infrastructure/http/routes/credentials.js';
import { ListQuery, NoBody, ProviderPath, ReadQuery } from '../../../../src/infrastructure/http/routes/inputs.js';
import { FactsBody, RequestBody } from '../../../../src/infrastructure/http/routes/organizations.js';
import { HistoryQuery } from '../../../../src/infrastructure/http/routes/provider-history.js';
import { AcceptanceBody } from '../../../../src/infrastructure/http/routes/providers.js';

const shapes = [
  AcceptanceBody,
  FactsBody,
  NoBody,
  ReissueBody,
  RequestBody,
  HistoryQuery,
  ListQuery,
  ProviderPath,
  ReadQuery,
];

const digest = 'a'.repeat(64);
const accepted = { party: 'aws', version: '2018-07', digest };

/** What some member of some shape allows, and what comes close. */
const telling = [
  ...['new', 'US', 'Production', 'active', '7', '0', '101', 'log:12', digest, ''],
  ...[true, false, null, undefined, 7, [], ['US'], ['U S'], [7], {}, [null], [[]], [{}]],
  ...[
    '00000000-0000-5000-8000-000000000001',
    [accepted],
    [accepted, { ...accepted, more: 1 }],
    [{ ...accepted, digest: 'x' }],
  ],
];
const names = [
  ...['name', 'origin', 'territory', 'documents', 'billable', 'reseller', 'customerOfReseller', 'staff', 'demo'],
  ...['officeTerritories', 'resetMfa', 'limit', 'cursor', 'stage', 'minPosition', 'id', 'constructor', 'more'],
];
const input = fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...telling), { maxKeys: 7 });

/** For each shape one that fits, so that a yes is tried as well. */
const fitting: readonly (readonly [number, Record<string, unknown>])[] = [
  [0, { documents: [accepted, { ...accepted, party: 'reseller' }] }],
  [
    1,
    { billable: true, reseller: false, customerOfReseller: false, staff: false, demo: true, officeTerritories: ['US'] },
  ],
  [2, {}],
  [3, { resetMfa: true }],
  [4, { name: 'Production', origin: 'new', territory: 'US' }],
  [5, { limit: '7', cursor: 'log:1' }],
  [6, { limit: '100', stage: 'active', minPosition: 'log:12' }],
  [7, { id: '00000000-0000-5000-8000-000000000001' }],
  [8, {}],
];

const rules = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false, stopAtFirstError: true };

function agree(index: number, plain: object): boolean {
  const shape: new () => object = shapes[index] ?? NoBody;
  const instance = plainToInstance(shape, plain);
  const yes = fitsShape(shape, instance);
  expect(yes).toBe(validateSync(instance, rules).length === 0);
  return yes;
}

test.each(fitting)('what fits shape %i fits', (index, plain) => expect(agree(index, plain)).toBe(true));

test('any other input fits where nothing is wrong with it, and nowhere else', () => {
  const one = fc.nat(shapes.length - 1);
  fc.assert(
    fc.property(one, input, fc.boolean(), (index, some, mixed) => {
      agree(index, mixed ? { ...fitting[index]?.[1], ...some } : some);
    }),
    { numRuns: 2_000 },
  );
});

/** What a schema says of a value, as far as fields have schemas. */
function keeps(
  value: unknown,
  { type, pattern, enum: values, minimum, maximum, maxItems, items }: FieldSchema,
): boolean {
  if (type === 'string')
    return typeof value === 'string' && new RegExp(pattern ?? '', 'u').test(value) && (values?.includes(value) ?? true);
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'integer')
    return Number.isSafeInteger(value) && Number(value) >= (minimum ?? 0) && Number(value) <= (maximum ?? 0);
  if (!Array.isArray(value) || value.length > (maxItems ?? 0)) return false;
  return value.every((element) =>
    typeof items === 'function' ? fitsShape(items(), element) : items && keeps(element, items),
  );
}

test.each(shapes.map((shape) => [shape.name, shape as Shape] as const))(
  'the schemas of %s say yes to just what its fields do, and each says in words what is allowed',
  (_, shape) => {
    for (const { fits, schema, allowed } of fieldsOf(shape).values()) {
      expect(allowed).not.toBe('');
      for (const value of telling) {
        const isList = Array.isArray(value) && value.some((one) => typeof one !== 'object' || one === null);
        if (typeof schema.items === 'function' && isList) continue;
        expect([allowed, value, keeps(value, schema)]).toEqual([allowed, value, fits(value)]);
      }
    }
  },
);
