/** The line of a request names whom it was about and who made it, by opaque ids and nothing else that was sent. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Api, startApi } from '../../../support/api.js';
import { register, request } from '../../../support/people.js';
import { until } from '../../../support/waiting.js';

let api: Api;
let id: string;
let actor: string | undefined;

beforeAll(async () => {
  api = await startApi();
  await register(api);
  id = await request(api, 'line-1');
  actor = (await api.tokenVerifier.verify(await api.issuer.issue('administrator'))).subject;
});
afterAll(() => api.close());

/** The lines about what was done meanwhile. */
async function lines(done: () => Promise<{ readonly headers: Headers }>) {
  const from = api.lines.length;
  const { headers } = await done();
  const own = () => api.lines.slice(from).filter((line) => line.includes(headers.get('x-request-id') ?? 'none'));
  // The line is written once the answer is sent, which its reader may see before.
  const written = await until(
    async () => own(),
    ({ length }) => length > 0,
  );
  return written.map((line) => JSON.parse(line));
}

test('provider, organization and actor are named', async () => {
  const renamed = () =>
    api.call('administrator', 'POST', `/v1/providers/${id}/rename`, { body: { name: 'Ada’s own' } });
  const [line, ...more] = await lines(renamed);
  expect([line, more]).toEqual([
    {
      level: 'info',
      time: expect.any(String),
      traceId: expect.any(String),
      method: 'POST',
      route: '/v1/providers/:id/rename',
      status: 200,
      ms: expect.any(Number),
      provider: id,
      organization: 'acme',
      actor,
      msg: 'request',
    },
    [],
  ]);
});

test('a service is named with the person for whom it acts', async () => {
  const headers = { 'x-actor': 'u-2c85d1e6f09b' };
  const [line] = await lines(() =>
    api.call('service', 'POST', `/v1/providers/${id}/rename`, { body: { name: 'Other' }, headers }),
  );
  expect(line).toMatchObject({ status: 200, provider: id, onBehalfOf: 'u-2c85d1e6f09b' });
  const [listed] = await lines(() => api.call('service', 'GET', '/v1/organizations/acme/providers'));
  expect(listed).toMatchObject({ organization: 'acme', actor: line.actor });
});

test.each([
  ['who has no token', 'nobody', () => `/v1/providers/${id}`],
  ['who may not', 'auditor', () => `/v1/providers/${id}/rename`],
] as const)('of a caller %s nothing is told but the route', async (_, who, path) => {
  const [line] = await lines(() => api.call(who, who === 'nobody' ? 'GET' : 'POST', path(), {}));
  expect(Object.keys(line).toSorted()).toEqual(['level', 'method', 'ms', 'msg', 'route', 'status', 'time', 'traceId']);
});

test('what has not the form of an id is not told, whatever it holds', async () => {
  const paths = [
    '/v1/organizations/ada@acme.example/providers',
    '/v1/providers/ada@acme.example',
    '/v1/payers/a%0Ab/pause',
  ];
  for (const path of paths) {
    const told = await lines(() => api.call('operator', 'GET', `${path}?name=ada@acme.example`));
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).not.toMatch(/ada(@|%40)|acme\.example/);
  }
});
