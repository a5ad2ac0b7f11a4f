/** Inputs as OpenAPI writes them, from what the decorators of their fields keep: nothing is described otherwise than it is checked. */
import { rolesFor } from '../../../application/authorization/actions.js';
import { type Field, type FieldSchema, fieldsOf, type Shape } from '../kit/field-registry.js';
import type { RouteAction } from '../kit/route-action.js';
import { exampleOf } from './examples.js';
import type { ServedRoute } from './served-routes.js';
import type { RouteWords } from './words.js';

/** The parameters of a route: of its path, its query and its headers. */
export function parametersOf(
  { action, method, params, query }: ServedRoute,
  { key, conditional, decidedOn, onlyNew }: RouteWords,
): readonly object[] {
  return [
    ...(params ? [...fieldsOf(params)].map((field) => parameter('path', field)) : []),
    ...(query ? [...fieldsOf(query)].map((field) => parameter('query', field)) : []),
    ...(key === undefined ? [] : [idempotencyKey(key === 'required')]),
    ...(method !== 'get' && mayActForPerson(action) ? [{ $ref: '#/components/parameters/XActor' }] : []),
    ...(decidedOn ? [{ $ref: '#/components/parameters/IfMatch' }] : []),
    ...(onlyNew ? [{ $ref: '#/components/parameters/OnlyNew' }] : []),
    ...(conditional ? [{ $ref: '#/components/parameters/IfNoneMatch' }] : []),
  ];
}

const mayActForPerson = (action: RouteAction): boolean => action !== 'open' && rolesFor(action).includes('service');

/** The body of a route; one without a field that must be there may be left out. */
export function bodyOf(body: Shape | undefined): object | undefined {
  if (body === undefined || fieldsOf(body).size === 0) return undefined;
  const required = [...fieldsOf(body).values()].some(({ optional }) => !optional);
  const schema = objectSchema(body);
  return { required, content: { 'application/json': { schema, example: exampleOf(schema) } } };
}

const parameter = (place: 'path' | 'query', [name, field]: readonly [string, Field]): object => ({
  name,
  in: place,
  required: !field.optional,
  description: sentence(field.allowed),
  schema: schemaOf(field.schema),
});

const idempotencyKey = (required: boolean): object => ({
  name: 'Idempotency-Key',
  in: 'header',
  required,
  description: 'The same key with the same body takes effect once; a fresh UUID for each new request is right.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
});

function objectSchema(shape: Shape): object {
  const fields = [...fieldsOf(shape)];
  const required = fields.flatMap(([name, { optional }]) => (optional ? [] : [name]));
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(([name, { schema, allowed }]) => [name, { ...schemaOf(schema), description: sentence(allowed) }]),
    ),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

function schemaOf({ items, ...schema }: FieldSchema): object {
  if (items === undefined) return schema;
  return { ...schema, items: typeof items === 'function' ? objectSchema(items()) : schemaOf(items) };
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
