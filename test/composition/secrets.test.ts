import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { reveal } from '../../src/cli/demo/journey.js';
import type { Provider as Status } from '../../src/client/generated/types.gen.js';
import { demoPeople } from '../../src/infrastructure/identity/demo/people.js';
import type { Simulator } from '../../src/simulator/engine/core.js';
import { instantLatencies } from '../../src/simulator/engine/latencies.js';
import { type SimulatorServer, serveSimulator } from '../../src/simulator/engine/server.js';
import { openSimulator } from '../../src/simulator/simulator.js';
import { read, send } from '../support/by-path.js';
import { guardedWorld } from '../support/guarded-world.js';
import {
  acceptedProvider,
  credentialsOf,
  type Grounds,
  prepare,
  type RunningService,
  startRunning,
} from '../support/service.js';
import { controlOf } from '../support/simulator.js';
import { everyByteIn, temporaryFolder } from '../support/temporary-folder.js';
import { until } from '../support/waiting.js';

/** What AWS hands out that must be in no file, log line or answer of ours. */
const handedOut = [/<SecretAccessKey>([^<]+)</g, /<SessionToken>([^<]+)</g, /"SigninToken":\s*"([^"]+)"/g];

const secrets = new Set<string>();
let simulator: Simulator;
let server: SimulatorServer;
let grounds: Grounds;
let service: RunningService;

beforeEach(async () => {
  simulator = openSimulator({
    world: guardedWorld,
    file: `${temporaryFolder()}/simulator.db`,
    latencies: instantLatencies,
  });
  const watched: Simulator = {
    ...simulator,
    handle(request, now) {
      const answer = simulator.handle(request, now);
      for (const pattern of handedOut)
        for (const [, secret] of answer.response.body.matchAll(pattern)) if (secret) secrets.add(secret);
      return answer;
    },
  };
  server = await serveSimulator({ simulator: watched, port: 0 });
  grounds = await prepare(server.url);
  service = await startRunning(grounds);
});

afterEach(async () => {
  await service.stop();
  await server.close();
  simulator.close();
});

/** Every answer of the service to every kind of call but the reveal, in all roles. */
async function everyAnswer(id: string): Promise<string> {
  const people = ['administrator', 'member', 'auditor', 'operator', 'service', 'outsider'] as const;
  const reads = ['', '/history?limit=100'].map((rest) => `/v1/providers/${id}${rest}`);
  const paths = [
    ...reads,
    '/v1/organizations/acme/providers',
    '/v1/organizations/acme/options?territory=US',
    '/v1/territories',
    '/v1/terms?territory=US',
    '/v1/providers',
    '/v1/payers',
    '/v1/queue',
    '/v1/projections',
    '/v1/quarantine',
    '/v1/reconciliation',
    '/health/live',
    '/health/ready',
    '/nowhere',
  ];
  const posts = ['terms-acceptance', 'withdraw', 'rename', 'resume', 'credentials/reissue', 'nothing']
    .map((rest) => `/v1/providers/${id}/${rest}`)
    .concat('/v1/quarantine', '/v1/quarantine/lift', '/v1/payers/payer-1/resume', '/v1/reconciliation');
  const answers: string[] = [];
  for (const person of people) {
    const headers = { authorization: `Bearer ${await grounds.token(person)}`, 'content-type': 'application/json' };
    for (const path of paths) answers.push(await textOf(await fetch(service.url + path, { headers })));
    for (const path of posts)
      answers.push(await textOf(await fetch(service.url + path, { method: 'POST', headers, body: '{"name":7}' })));
  }
  return answers.join('\n');
}

const textOf = async (response: Response): Promise<string> =>
  `${JSON.stringify([...response.headers])} ${await response.text()}`;

/** The live changes since the beginning, as text, up to this fact. */
async function changesOf(id: string, last: string): Promise<string> {
  const headers = { authorization: `Bearer ${grounds.tokens.administrator}` };
  const page = await (await fetch(`${service.url}/v1/providers/${id}/history?limit=1`, { headers })).json();
  const first = (page as { items: { position: string }[] }).items[0]?.position ?? '';
  const stopping = new AbortController();
  const response = await fetch(`${service.url}/v1/providers/${id}/changes`, {
    headers: { ...headers, 'last-event-id': first },
    signal: stopping.signal,
  });
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (text.includes(last)) break;
  }
  stopping.abort();
  return text;
}

const personal = Object.values(demoPeople).flatMap(({ name, email }) => [name, email]);

test('no secret and no personal data is in the data folder, the log, or any answer but the reveal', async () => {
  const { api } = service;
  const id = await acceptedProvider(api, grounds.tokens);
  await credentialsOf(api, grounds.tokens, id);
  const revealed = await reveal(api, grounds.tokens, id);
  secrets.add(revealed.temporaryPassword);
  const { url } = await send<{ url: string }>(
    api,
    'POST',
    `/v1/providers/${id}/console-sessions`,
    grounds.tokens.administrator,
    { role: 'administrator' },
  );
  const token = new URL(url).searchParams.get('SigninToken') ?? '';
  expect(secrets).toContain(token);
  const { environment } = await send<{ environment: Readonly<Record<string, string>> }>(
    api,
    'POST',
    `/v1/providers/${id}/cli-sessions`,
    grounds.tokens.administrator,
    { role: 'administrator' },
  );
  expect(secrets).toContain(environment.AWS_SESSION_TOKEN);
  expect(secrets.size).toBeGreaterThan(8);

  const live = await changesOf(id, 'CommandLineSessionOpened');
  const answers = await everyAnswer(id);
  expect(live).toContain('CredentialsIssued');
  const tokens = [grounds.tokens.administrator, grounds.tokens.service, 'simulator-secret'];
  const places = { answers, live, log: service.logged(), data: everyByteIn(grounds.data).toString('latin1') };
  expect(places.data.length).toBeGreaterThan(10_000);
  expect(places.log).toContain('A fact was recorded.');
  for (const [place, text] of Object.entries(places)) {
    const found = [...secrets, ...personal, ...tokens].filter((secret) => text.includes(secret));
    expect({ place, found }).toEqual({ place, found: [] });
  }
});

test('a claimed password is unreadable in every file, and so is what the customer chose', async () => {
  const { api } = service;
  const id = await acceptedProvider(api, grounds.tokens);
  await credentialsOf(api, grounds.tokens, id);
  const { temporaryPassword: password, userName, loginUrl } = await reveal(api, grounds.tokens, id);
  const account = /\/signin\/(\d{12})\//.exec(loginUrl)?.[1] ?? '';
  const newPassword = 'My-own-choice-of-2026!';
  await controlOf(server.url).signIn({ account, userName, password, newPassword });
  const look = () =>
    read<Status & { credentials: { state: string } }>(api, `/v1/providers/${id}`, grounds.tokens.administrator);
  await until(look, ({ credentials }) => credentials.state === 'claimed');
  const bytes = everyByteIn(grounds.data).toString('latin1');
  expect([password, newPassword].filter((secret) => bytes.includes(secret))).toEqual([]);
});
