/** What the console is tried on: the simulated AWS, the demo issuer and the service, each a process of its own. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../../../src/cli/demo/launch.js';
import { openDemoIssuer } from '../../../src/infrastructure/identity/demo/issuer.js';
import type { DemoPerson } from '../../../src/infrastructure/identity/demo/people.js';
import {
  type Grounds,
  prepareFolders,
  type SimulatorProcess,
  startBuilt,
  startSimulatorProcess,
} from '../../support/processes.js';
import type { Program } from '../../support/program.js';

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

export interface Site {
  /** The console's address, without a slash at its end. */
  readonly url: string;
  readonly issuer: string;
  readonly aws: string;
  /** Calls the API as one of the demo people; rejects with what it answers where that is no success. */
  call<T>(person: DemoPerson, method: Method, path: string, body?: unknown): Promise<T>;
  /** Reports the facts about an organization; `changes` to those of an eligible one. */
  report(organization: string, changes?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Asks the simulator's control API. */
  control(method: Method, path: string, body?: unknown): Promise<unknown>;
  /** The service is gone at once, as in a crash. */
  stopService(): Promise<void>;
  /** At the same address again. */
  startService(): Promise<void>;
  close(): Promise<void>;
}

const facts = {
  billable: true,
  reseller: false,
  customerOfReseller: false,
  staff: false,
  demo: false,
  officeTerritories: ['US'],
};

async function send<T>(url: string, method: Method, headers: Record<string, string>, body?: unknown): Promise<T> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(url, { method, headers, ...sent });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

async function startIssuer({ env }: Grounds): Promise<{ readonly program: Program; readonly url: string }> {
  const program = startBuilt('cli/issuer.js', ['--port', String(await freePort())], env);
  const [, url = ''] = await program.line(/listening on (\S+)/);
  return { program, url };
}

/** The service, to be stopped and started again at one address. */
function service(env: NodeJS.ProcessEnv) {
  let program: Program | undefined;
  return {
    async start(): Promise<void> {
      program = startBuilt('main.js', [], env);
      await program.line(/"partner-cloud is ready\."/);
    },
    stop: async (): Promise<void> => void (await program?.end('SIGKILL')),
  };
}

/** An operator applies the guardrails of every payer, as before anything is vended. */
async function guard(call: Site['call']): Promise<void> {
  const { items } = await call<{ items: readonly { id: string }[] }>('operator', 'GET', '/v1/payers');
  for (const { id } of items) {
    const path = `/v1/payers/${id}/guardrails`;
    const { plan } = await call<{ plan: { digest: string } }>('operator', 'GET', path);
    await call('operator', 'POST', path, { digest: plan.digest });
  }
}

interface Start {
  /** Beside what the service is given anyway. */
  readonly env?: NodeJS.ProcessEnv;
  /** Fills the data folder before the service starts on it. */
  readonly fill?: (data: string) => Promise<void>;
}

/** Starts all of it, ready to vend accounts to the organization acme. */
export async function openSite({ env = {}, fill }: Start = {}): Promise<Site> {
  const grounds = await prepareFolders();
  await fill?.(grounds.data);
  const aws: SimulatorProcess = await startSimulatorProcess(grounds);
  const issuer = await startIssuer(grounds);
  const endpoints = { PARTNER_CLOUD_AWS_ENDPOINT: aws.url, PARTNER_CLOUD_CONSOLE_ISSUER: issuer.url };
  const running = service({ ...grounds.env, ...endpoints, ...env });
  await running.start();
  const people = await openDemoIssuer(String(grounds.env.PARTNER_CLOUD_KEYS));
  const call: Site['call'] = async (person, method, path, body) => {
    const headers = {
      authorization: `Bearer ${await people.issue(person)}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    return send(grounds.url + path, method, headers, body);
  };
  const report: Site['report'] = (organization, changes = {}) =>
    call('service', 'PUT', `/v1/organizations/${organization}`, { ...facts, ...changes });
  await guard(call);
  await report('acme');
  return {
    url: grounds.url,
    issuer: issuer.url,
    aws: aws.url,
    call,
    report,
    control: (method, path, body) => send(`${aws.url}/_simulator/${path}`, method, {}, body),
    startService: running.start,
    stopService: running.stop,
    async close() {
      await running.stop();
      await issuer.program.end('SIGKILL');
      await aws.end('SIGKILL');
    },
  };
}

const askingAgainMs = 100;

/** Asks for an account without the console; its terms are still to be accepted. Resolves with the provider's id. */
export async function request(site: Site, name: string): Promise<string> {
  const asked = { name, origin: 'new', territory: 'US' };
  const { id } = await site.call<{ id: string }>('administrator', 'POST', '/v1/organizations/acme/providers', asked);
  return id;
}

export interface Seen {
  readonly stage: string;
  readonly account?: { readonly id: string };
  readonly credentials?: { readonly state: string };
}

/** How a provider stands, once it is as it is wanted. */
export async function statusOf(site: Site, id: string, wanted: (status: Seen) => boolean = () => true): Promise<Seen> {
  for (;;) {
    const status = await site.call<Seen>('administrator', 'GET', `/v1/providers/${id}`);
    if (wanted(status)) return status;
    await setTimeout(askingAgainMs);
  }
}

/** The same with the terms accepted; resolves once it is so far: with credentials, unless told otherwise. */
export async function vend(site: Site, name: string, until = 'active'): Promise<string> {
  const id = await request(site, name);
  const path = '/v1/terms?territory=US';
  const terms = await site.call<{ documents: readonly Record<string, string>[] }>('administrator', 'GET', path);
  const documents = terms.documents.map(({ party, version, digest }) => ({ party, version, digest }));
  await site.call('administrator', 'POST', `/v1/providers/${id}/terms-acceptance`, { documents });
  await statusOf(site, id, ({ stage }) => stage === until);
  return id;
}
