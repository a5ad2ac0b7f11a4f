/** The document describes each route that is served and no other, and is served itself. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rolesFor } from '../../../../src/application/authorization/actions.js';
import { controllers } from '../../../../src/infrastructure/http/http.module.js';
import { apiDocument } from '../../../../src/infrastructure/http/openapi/document.js';
import { routeWords } from '../../../../src/infrastructure/http/openapi/routes.js';
import { servedRoutes } from '../../../../src/infrastructure/http/openapi/served-routes.js';
import { type Api, startApi } from '../../../support/api.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const names = servedRoutes(controllers).map(({ method, path }) => `${method.toUpperCase()} ${path}`);

test('every route is described, and nothing that is not served', () => {
  expect(Object.keys(routeWords).sort()).toEqual([...names].sort());
});

test('names of calls are unique', () => {
  const calls = Object.values(routeWords).map(({ call }) => call);
  expect(new Set(calls).size).toBe(calls.length);
});

test('a route without a description stops the making of the document', () => {
  const undescribed = class extends Object {};
  const [health] = controllers.filter(({ name }) => name === 'HealthController');
  Object.defineProperties(undescribed.prototype, Object.getOwnPropertyDescriptors(health?.prototype ?? {}));
  Reflect.defineMetadata('path', 'elsewhere', undescribed);
  expect(() => apiDocument([undescribed])).toThrow('GET /elsewhere/live is not described');
});

test('a route needs one of the roles of the table', () => {
  const { paths } = apiDocument(controllers);
  for (const { path, method, action } of servedRoutes(controllers)) {
    const roles = action === 'open' ? [] : rolesFor(action).map((role) => ({ bearer: [role] }));
    expect(paths[path]?.[method]).toMatchObject({ security: roles });
  }
});

test('inputs are described as they are checked', () => {
  expect(apiDocument(controllers).paths['/v1/organizations/{organization}/providers']?.post).toMatchObject({
    parameters: [
      { name: 'organization', in: 'path', required: true, schema: { pattern: '^[A-Za-z0-9-]{1,64}$' } },
      { name: 'dryRun', in: 'query', required: false, schema: { enum: ['true', 'false'] } },
      { name: 'Idempotency-Key', in: 'header', required: true },
      { $ref: '#/components/parameters/XActor' },
    ],
    requestBody: { content: { 'application/json': { schema: { required: ['name', 'origin', 'territory'] } } } },
  });
});

test('it is served to everybody', async () => {
  const { status, body } = await api.call('nobody', 'GET', '/openapi.json');
  expect([status, body]).toEqual([200, JSON.parse(JSON.stringify(apiDocument(controllers)))]);
});
