/** Why no connection came about is told as what it is, and every call goes through the proxy, in a process as it is started. */
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { expect, test } from '@jest/globals';
import { ended, source, startLines } from '../../../support/child.js';
import { certificateFile, connectProxy, type Listening, listening, tlsServer } from '../../../support/tls.js';

const caller = `
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const { openAwsAccess } = await import(${JSON.stringify(source('src/infrastructure/aws/calls/clients.ts'))});
  const { classify, outcomeUnknown } = await import(${JSON.stringify(source('src/infrastructure/aws/calls/errors.ts'))});
  const { connectionAdvice } = await import(${JSON.stringify(source('src/infrastructure/aws/calls/connection-failures.ts'))});
  const { useProxy } = await import(${JSON.stringify(source('src/infrastructure/proxy.ts'))});
  useProxy(process.env);
  const access = openAwsAccess({
    endpoint: process.argv[1], region: 'us-east-1', automationRoleArn: 'arn:aws:iam::210987654321:role/x', payers: [],
    prefix: 'CTL', resellerName: 'R', baseline: { homeRegion: 'us-east-1', regions: [] }, credentialLifetimeMs: 1,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  access.own.sts.config.maxAttempts = async () => 1;
`;

const told = `${caller}
  const error = await access.own.sts.send(new GetCallerIdentityCommand({})).catch((thrown) => thrown);
  console.log(JSON.stringify({
    kind: classify(error).kind, unknown: outcomeUnknown(error), advice: connectionAdvice(error),
    health: access.health.degraded(),
  }));
`;

async function run(lines: string, endpoint: string, env: NodeJS.ProcessEnv = {}) {
  const { stdout, stderr } = await ended(startLines(lines, [endpoint], env));
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout);
}

const answering = (answer: RequestListener): Promise<Listening> => listening(createServer(answer));
const html: RequestListener = (_, reply) => void reply.writeHead(200).end('<html>Welcome to our network</html>');
const plain = (port: number): string => `http://127.0.0.1:${port}`;

/** A server that speaks no HTTP. */
async function babbling(): Promise<Listening> {
  const server = createTcp((socket) =>
    socket
      .on('error', () => undefined)
      .resume()
      .end('220 mail.example ESMTP\r\n'),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as { port: number }).port,
    close: async () => void (await new Promise((done) => server.close(done))),
  };
}

test.each([
  [
    'a certificate that nobody has signed',
    () => tlsServer(html),
    (port: number) => `https://localhost:${port}`,
    /NODE_EXTRA_CA_CERTS/,
    false,
  ],
  [
    'plain HTTP where TLS is spoken',
    () => answering(html),
    (port: number) => `https://127.0.0.1:${port}`,
    /does not speak TLS|is not AWS/,
    undefined,
  ],
  ['another protocol', babbling, plain, /is not AWS/, true],
] as const)('%s is told, with what an operator does', async (_, serve, url, advice, unknown) => {
  const server = await serve();
  const said = await run(told, url(server.port));
  await server.close();
  expect(said).toMatchObject({ kind: 'unreachable', advice: expect.stringMatching(advice) });
  expect(said.health).toContain('our own account 210987654321: GetCallerIdentity in us-east-1 ended with');
  if (unknown !== undefined) expect(said.unknown).toBe(unknown);
});

test('a certificate for another host is told from one that is not trusted', async () => {
  const server = await tlsServer(html);
  const said = await run(told, `https://127.0.0.1:${server.port}`, { NODE_EXTRA_CA_CERTS: certificateFile });
  await server.close();
  expect(said).toMatchObject({
    kind: 'unreachable',
    unknown: false,
    advice: expect.stringContaining('another host name'),
  });
});

test.each([
  ['a port that nobody listens at', 'http://127.0.0.1:9', /Nothing listens/],
  ['a name that does not exist', 'http://no-such-host.invalid', /cannot be resolved/],
])('%s is told, and nothing was sent there', async (_, endpoint, advice) => {
  expect(await run(told, endpoint)).toMatchObject({
    kind: 'unreachable',
    unknown: false,
    advice: expect.stringMatching(advice),
  });
});

test('an answer that was lost is no failure to connect: AWS may have acted', async () => {
  const server = await answering(({ socket }) => void socket.destroy());
  const said = await run(told, plain(server.port));
  await server.close();
  expect(said).toMatchObject({ kind: 'timeout', unknown: true });
  expect(said).not.toHaveProperty('advice');
});

test('calls of the SDK and of fetch go through the proxy that the environment names, and to this machine they go straight', async () => {
  const identity: RequestListener = (_, reply) =>
    void reply
      .writeHead(200, { 'content-type': 'text/xml' })
      .end(
        '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
      );
  const [aws, here] = [await tlsServer(identity), await answering(identity)];
  const proxy = await connectProxy(aws.port);
  const lines = `${caller}
    const { Account } = await access.own.sts.send(new GetCallerIdentityCommand({}));
    const fetched = await fetch('https://aws.test/keys').then(({ status }) => status);
    const straight = await fetch(process.env.HERE).then(({ status }) => status);
    console.log(JSON.stringify({ Account, fetched, straight }));
  `;
  const env = { HTTPS_PROXY: plain(proxy.port), HTTP_PROXY: plain(proxy.port), NODE_EXTRA_CA_CERTS: certificateFile };
  const said = await run(lines, 'https://aws.test', { ...env, HERE: plain(here.port) });
  expect(said).toEqual({ Account: '1', fetched: 200, straight: 200 });
  expect(proxy.asked).toEqual(['aws.test:443', 'aws.test:443']);
  const direct = { ...env, NO_PROXY: 'aws.test' };
  expect(await run(told, 'https://aws.test', direct)).toMatchObject({ advice: expect.stringContaining('resolved') });
  expect(proxy.asked).toHaveLength(2);
  for (const server of [aws, here, proxy]) await server.close();
});
