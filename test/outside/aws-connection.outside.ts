/** The way to AWS: what lies between is told from AWS itself, and a proxy is used where one is named. */
import { request as forward } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { type SimulatorProcess, startSimulatorProcess } from '../support/processes.js';
import { certificateFile, connectProxy, type Listening, tlsServer } from '../support/tls.js';
import { until } from '../support/waiting.js';
import { Stage } from './support/stage.js';

/** What the test has opened; the service comes first, since it holds the connections of all others. */
const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** An AWS behind a certificate that no authority has signed. */
async function awsBehindTls(stage: Stage): Promise<Listening & { readonly aws: SimulatorProcess }> {
  const aws = await startSimulatorProcess(stage.grounds);
  const front = await tlsServer((asked, reply) => {
    const { method, url = '/', headers } = asked;
    const onward = forward(aws.url + url, { method, headers }, (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(reply);
    });
    onward.on('error', () => reply.destroy());
    asked.pipe(onward);
  });
  open.push(stage, front, { close: () => aws.end('SIGKILL') });
  return { ...front, aws };
}

test('F5: a certificate that is not trusted is told as that, with what an operator does, and not as a slow AWS', async () => {
  const stage = await Stage.prepare();
  const { port } = await awsBehindTls(stage);
  await stage.start(`https://localhost:${port}`);
  const id = await stage.accepted('Certificate');
  const said = await until(
    async () => (await stage.call('operator', 'GET', `/v1/providers/${id}`)).text,
    (text) => text.includes('aws-unreachable'),
  );
  expect(said).toMatch(/certificate/i);
  expect(await stage.ready()).toMatchObject({ status: 200, degraded: expect.arrayContaining(['aws']) });
  expect(stage.lines.join('\n')).toContain('NODE_EXTRA_CA_CERTS');
});

test('F7: with a proxy as the only way out, an account is made through it', async () => {
  const stage = await Stage.prepare();
  const { port } = await awsBehindTls(stage);
  const proxy = await connectProxy(port);
  open.push(proxy);
  await stage.start('https://aws.test', [], {
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    NODE_EXTRA_CA_CERTS: certificateFile,
    // Its own issuer's keys, as another identity provider would publish them: the demo's are not believed beside such an AWS.
    PARTNER_CLOUD_IDENTITY_JWKS: `${stage.grounds.env.PARTNER_CLOUD_KEYS}/demo-jwks.json`,
  });
  const id = await stage.accepted('Proxied');
  expect((await stage.active(id)).stage).toBe('active');
  expect(proxy.asked).toContain('aws.test:443');
  expect(new Set(proxy.asked)).toEqual(new Set(['aws.test:443']));
});
